import { describe, expect, test } from 'vitest';
import { fixedClock, type FixedClock } from '../../testing/fixed-clock.ts';
import type { OrganisationToken } from '../keyring-services/organisation-token.ts';
import { judgeToken, type TokenJudgement } from './judge-token.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function tokenFrom(clock: FixedClock, lifetime: number | null): OrganisationToken {
  return {
    issuer: 'https://login.northwind.example',
    clientId: 'credence',
    accessToken: 'a',
    refreshToken: 'r',
    lifetime,
    obtainedAt: clock.now(),
    obtainedUptime: clock.uptime(),
    serverOffset: null,
    scopes: null,
    account: null,
    signedInAt: clock.now(),
    refused: null,
    resource: null,
    unknown: {},
    more: {},
  };
}

const FRESH: TokenJudgement = { due: false, ended: 'no' };
const DUE: TokenJudgement = { due: true, ended: 'no' };
const MAYBE: TokenJudgement = { due: true, ended: 'maybe' };
const ENDED: TokenJudgement = { due: true, ended: 'surely' };

type Change = (clock: FixedClock) => void;
const pass =
  (milliseconds: number): Change =>
  (clock) => {
    clock.advance(milliseconds);
  };
const set =
  (by: number): Change =>
  (clock) => {
    clock.set(by);
  };
const reboot: Change = (clock) => {
  clock.reboot();
};

describe.each([true, false])('Where starts of the machine are told apart: %s,', (tellsBoot) => {
  const cases: readonly (readonly [string, number | null, readonly Change[], TokenJudgement])[] = [
    ['just got', HOUR, [], FRESH],
    ['six minutes before the end', HOUR, [pass(54 * MINUTE)], FRESH],
    ['five minutes before the end', HOUR, [pass(55 * MINUTE)], DUE],
    ['at the end', HOUR, [pass(HOUR)], MAYBE],
    ['five minutes after the end', HOUR, [pass(HOUR + 5 * MINUTE)], ENDED],
    ['after eight hours of sleep', HOUR, [pass(8 * HOUR)], ENDED],
    ['a life of a minute, after 47 s', MINUTE, [pass(47_000)], FRESH],
    ['a life of a minute, after 48 s', MINUTE, [pass(48_000)], DUE],
    ['a life of a second', 1_000, [pass(900)], DUE],
    ['a life that is not known', null, [pass(29 * MINUTE)], FRESH],
    ['a life that is not known, after half an hour', null, [pass(30 * MINUTE)], DUE],
    ['a life that is not known, after days', null, [pass(3 * DAY)], DUE],
    ['after a restart', HOUR, [reboot, pass(10 * MINUTE)], FRESH],
    ['after a restart, at the end', HOUR, [pass(50 * MINUTE), reboot, pass(6 * MINUTE)], DUE],
    ['after a restart, with a clock that runs three minutes late', HOUR, [reboot, set(-3 * MINUTE)], FRESH],
    ['after a restart, set back by a day', HOUR, [reboot, set(-DAY)], DUE],
    ['of unknown life, after a restart, set back by a day', null, [reboot, set(-DAY)], DUE],
    ['set back by a day, and an hour later', HOUR, [set(-DAY), pass(65 * MINUTE)], ENDED],
    ['set back by half an hour, near the end', HOUR, [set(-30 * MINUTE), pass(56 * MINUTE)], DUE],
  ];
  test.each(cases)('%s.', (_, lifetime, changes, judgement) => {
    const clock = fixedClock(undefined, tellsBoot);
    const token = tokenFrom(clock, lifetime);
    for (const change of changes) change(clock);
    expect(judgeToken(token, clock)).toEqual(judgement);
  });

  test('set forward by a day: it is as old as it is where that can be told, else it is renewed.', () => {
    const clock = fixedClock(undefined, tellsBoot);
    const token = tokenFrom(clock, HOUR);
    clock.set(DAY);
    expect(judgeToken(token, clock)).toEqual(tellsBoot ? FRESH : ENDED);
  });

  test('set back by a day: it is as old as it is.', () => {
    const clock = fixedClock(undefined, tellsBoot);
    const token = tokenFrom(clock, HOUR);
    clock.set(-DAY);
    clock.advance(10 * MINUTE);
    expect(judgeToken(token, clock)).toEqual(FRESH);
  });
});
