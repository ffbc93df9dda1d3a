import { test } from 'vitest';
import { digestsContract } from '../../../shared/testing/digests-contract.ts';
import { nodeDigests } from './node-digests.ts';

test.each(digestsContract(() => nodeDigests))('$title', ({ run }) => run());
