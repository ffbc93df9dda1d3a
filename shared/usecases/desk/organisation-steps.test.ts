import { describe, expect, test } from 'vitest';
import { turn } from '../../../e2e/support/turn.ts';
import {
  entryOf,
  madeUpSignIn,
  NORTHWIND,
  SIGN_IN_WAITS,
  SIGNED_IN,
  type SignInSeat,
} from '../../testing/played-sign-in-desk.ts';
import { questionAt, sayYes, SIGN_IN, SIGN_OUT } from '../../testing/seated-sign-in.ts';

describe('A sign-in to an organisation', () => {
  test('goes on with a code when a person wants that, and the first one has ended.', async () => {
    const seat = madeUpSignIn();
    await seat.desk.start(SIGN_IN);
    seat.signIns[0]?.turn(SIGN_IN_WAITS);
    expect(await seat.desk.useDevice()).toBe('done');
    expect(seat.asked).toEqual(['startSignIn northwind browser', 'startSignIn northwind device']);
    expect(seat.signIns.map((played) => played.cancels())).toEqual([1, 0]);
    expect(seat.desk.deviceCode()).toBe(null);
    seat.signIns[1]?.turn({
      step: { at: 'device', userCode: 'WDJB-MJHT', verificationUri: 'https://a.example' },
    });
    expect(seat.desk.deviceCode()).toBe('WDJB-MJHT');
    expect(await seat.desk.useDevice()).toBe('not-known');
  });

  test('takes no code where the provider does not.', async () => {
    const entries = [entryOf({ provider: { ...NORTHWIND, deviceFlow: false } })];
    const seat = madeUpSignIn({ entries });
    await seat.desk.start(SIGN_IN);
    expect(await seat.desk.useDevice()).toBe('not-known');
    expect(seat.signIns[0]?.cancels()).toBe(0);
  });

  test('that ends well while a code was asked for stays as it is.', async () => {
    const seat: SignInSeat = madeUpSignIn({
      onCancel: () => {
        seat.signIns[0]?.end({ step: { at: 'done', note: SIGNED_IN } });
      },
    });
    await seat.desk.start(SIGN_IN);
    await seat.desk.useDevice();
    expect(seat.signIns).toHaveLength(1);
    await turn();
    expect(seat.desk.state().task).toMatchObject({
      kind: 'sign-in',
      looked: true,
      state: { step: { at: 'done' } },
    });
  });
});

describe('A sign-out', () => {
  test('asks first, then once more when the provider cannot be told.', async () => {
    const answers: string[] = [];
    const seat = madeUpSignIn({
      entries: [entryOf({ note: SIGNED_IN })],
      functions: {
        signOut: (_name, anyway) => {
          answers.push(anyway ? 'anyway' : 'revoke');
          return Promise.resolve(
            anyway
              ? { ok: true, revoked: 'failed' }
              : {
                  ok: false,
                  why: {
                    code: 'not-revoked',
                    failure: { code: 'timed-out', status: null, retryAfter: null },
                  },
                },
          );
        },
      },
    });
    await seat.desk.start(SIGN_OUT);
    expect(answers).toEqual([]);
    const first = questionAt(seat);
    await seat.desk.confirm(first);
    const second = questionAt(seat);
    expect(second).not.toBe(first);
    // The first yes is not one to this.
    expect(await seat.desk.confirm(first)).toBe('not-known');
    expect(answers).toEqual(['revoke']);
    await seat.desk.confirm(second);
    expect(answers).toEqual(['revoke', 'anyway']);
    expect(seat.desk.state().task).toMatchObject({ kind: 'sign-out', at: 'done' });
  });

  test('of who is not set up any more says so.', async () => {
    const seat = madeUpSignIn({ entries: [] });
    await seat.desk.start(SIGN_OUT);
    expect(seat.desk.state().task).toMatchObject({ kind: 'obstacle', obstacle: { code: 'not-configured' } });
    expect(await seat.desk.check('northwind')).toBe('not-known');
  });

  test('that is a bug is told in general words, and what may be gone is looked at.', async () => {
    const signOut = () => Promise.reject(new Error('marked'));
    const seat = madeUpSignIn({ entries: [entryOf({ note: SIGNED_IN })], functions: { signOut } });
    await seat.desk.start(SIGN_OUT);
    await sayYes(seat);
    expect(seat.desk.state().task).toMatchObject({
      kind: 'sign-out',
      at: 'failed',
      answer: { ok: false, why: { code: 'busy' } },
    });
    expect(JSON.stringify(seat.desk.state())).not.toContain('marked');
    expect(seat.looks()).toBe(1);
    // Nothing is deleted anyway where it is not the provider that could not be told.
    expect(questionAt(seat)).toBe('');
  });
});
