import { test } from 'vitest';
import { plainSeal } from './plain-seal.ts';
import { sealContract } from './seal-contract.ts';

test.each(sealContract(plainSeal))('$title', ({ run }) => run());
