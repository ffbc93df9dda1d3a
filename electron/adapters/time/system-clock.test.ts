import { test } from 'vitest';
import { clockContract } from '../../../shared/testing/clock-contract.ts';
import { systemClock } from './system-clock.ts';

test.each(clockContract(() => systemClock))('$title', ({ run }) => run());
