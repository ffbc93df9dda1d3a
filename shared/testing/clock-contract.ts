import type { Clock } from '../ports/clock.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

const THIS_WAS_WRITTEN = Date.UTC(2026, 0, 1);
const LONG_AFTER = Date.UTC(2200, 0, 1);

export function clockContract(make: () => Clock): readonly ContractCase[] {
  return [
    {
      title: 'The time is a whole number of milliseconds, in this time and age.',
      run: () => {
        const now = make().now();
        assertEqual(
          [Number.isInteger(now), now > THIS_WAS_WRITTEN, now < LONG_AFTER],
          [true, true, true],
          `Whether ${String(now)} will do`,
        );
      },
    },
    {
      title: 'The time since the start does not run back, within one start.',
      run: () => {
        const clock = make();
        const [first, second] = [clock.uptime(), clock.uptime()];
        assertEqual(
          [first.boot === second.boot, first.milliseconds >= 0, second.milliseconds >= first.milliseconds],
          [true, true, true],
        );
      },
    },
  ];
}
