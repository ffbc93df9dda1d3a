import { expect, test } from 'vitest';
import { isOn } from './switch.ts';

test.each(['1', 'true', 'TRUE', 'yes', 'Yes', 'on', ' on ', '\t1\n'])('%j is on.', (text) => {
  expect(isOn(text)).toBe(true);
});

test.each(['', ' ', '0', '2', '11', 'false', 'no', 'off', 'y', 't', 'enabled', 'on\noff', 'null'])(
  '%j is off.',
  (text) => {
    expect(isOn(text)).toBe(false);
  },
);
