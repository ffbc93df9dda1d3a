/** A token that has ended is renewed once, whoever asks, and nothing is lost where that fails. */
import { describe, expect, test } from 'vitest';
import { openidOidc } from '../../electron/adapters/oidc/openid-oidc.ts';
import { flat } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';
import { lockHolder } from '../tokens/lock-holder.ts';
import { NAME, tokenLabs } from '../tokens/token-lab.ts';

const REFRESH = { path: '/token', grant: 'refresh_token' };

describe.runIf(onLinux)('Signed in to a real provider, with gnome-keyring', () => {
  const lab = tokenLabs();

  test('one that has ended is renewed first, kept, and printed.', async () => {
    const before = await lab().kept();
    await lab().age(2);
    const run = await lab().ask();
    const after = await lab().kept();
    expect(run).toMatchObject({ stdout: `${after.accessToken}\n`, stderr: '', exitCode: 0 });
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect(await lab().provider.isStillGood(after.accessToken)).toBe(true);
    expect(lab().refreshes()).toBe(1);
    expect(lab().tokens.known()).toMatchObject([{ provider: NAME, state: 'signed-in', trial: null }]);
  });

  test('of twenty at once with a token that has ended, one renews it, and all print the new one; again and again.', async () => {
    for (let round = 1; round <= 3; round++) {
      const before = await lab().kept();
      await lab().age(2);
      const runs = await lab().askAtOnce(20);
      const after = await lab().kept();
      expect(runs.map(({ stdout, stderr, exitCode }) => [stdout, stderr, exitCode])).toEqual(
        runs.map(() => [`${after.accessToken}\n`, '', 0]),
      );
      expect(after.refreshToken).not.toBe(before.refreshToken);
      expect(lab().refreshes()).toBe(1);
      expect(await lab().provider.isStillGood(after.accessToken)).toBe(true);
      expect(await lab().provider.isStillGood(after.refreshToken ?? '')).toBe(true);
    }
  });

  test('the provider would end the sign-in of two that renew without a lock.', async () => {
    const { refreshToken, accessToken } = await lab().kept();
    const oidc = openidOidc({ variables: {} });
    const answers = [
      await oidc.refresh(lab().configured, refreshToken ?? ''),
      await oidc.refresh(lab().configured, refreshToken ?? ''),
    ];
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.code))).toEqual([
      'ok',
      'invalid-grant',
    ]);
    expect(await lab().provider.isStillGood(accessToken)).toBe(false);
    const [first] = answers;
    expect(first?.ok === true && (await lab().provider.isStillGood(first.value.refreshToken ?? ''))).toBe(
      false,
    );
  });

  describe('and a provider that fails', () => {
    test.each([
      ['with 503', { do: 'answer', status: 503 }, 'asks to come back later (HTTP 503)'],
      [
        'with 429',
        { do: 'answer', status: 429, headers: { 'retry-after': '3' } },
        'asks to come back later (HTTP 429)',
      ],
      [
        'with a page of a captive portal',
        {
          do: 'answer',
          status: 200,
          headers: { 'content-type': 'text/html' },
          body: '<html>Log in to the Wi-Fi</html>',
        },
        'is no answer of a provider',
      ],
      ['by not taking the connection', { do: 'reset-before' }, 'the provider gave no new one'],
    ] as const)('%s takes nothing away: it is said, and the next time it works.', async (_, fault, words) => {
      const before = await lab().kept();
      await lab().age(2);
      const stop = lab().proxy.when(REFRESH, fault);
      const run = await lab().ask();
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(flat(run.stderr)).toContain(words);
      expect(await lab().kept()).toMatchObject({ refreshToken: before.refreshToken, refused: null });
      // Still good for a while, it is printed all the same.
      await lab().age(-1.05);
      expect(await lab().ask()).toMatchObject({ stdout: `${before.accessToken}\n`, exitCode: 0 });
      stop();
      await lab().age(1.05);
      await new Promise((resolve) => setTimeout(resolve, 3_100));
      expect(await lab().ask()).toMatchObject({ stderr: '', exitCode: 0 });
      expect((await lab().kept()).refreshToken).not.toBe(before.refreshToken);
    });

    test('twenty at once ask it once.', async () => {
      await lab().age(2);
      lab().proxy.when(REFRESH, { do: 'answer', status: 503 });
      const runs = await lab().askAtOnce(20);
      expect(new Set(runs.map(({ stdout, exitCode }) => `${String(exitCode)} ${stdout}`))).toEqual(
        new Set(['3 ']),
      );
      expect(lab().refreshes()).toBe(1);
    });
  });

  test('a refused refresh token is named so, kept, and not sent again, until somebody signs in.', async () => {
    const before = await lab().kept();
    await lab().provider.forget(before.refreshToken ?? '');
    await lab().age(2);
    for (let left = 2; left > 0; left--) {
      const run = await lab().ask();
      expect(run).toMatchObject({ stdout: '', exitCode: 1 });
      expect(run.stderr).toContain(`credence login --provider ${NAME}`);
    }
    expect(lab().refreshes()).toBe(1);
    expect(await lab().kept()).toMatchObject({
      accessToken: before.accessToken,
      refreshToken: before.refreshToken,
      refused: before.refreshToken,
    });
    expect(lab().tokens.known()).toMatchObject([{ state: 'needs-sign-in' }]);
    await lab().signIn();
    expect(await lab().ask()).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('a holder of the lock that stands still is waited for; a token that is good for a while is printed at once.', async () => {
    const { accessToken } = await lab().kept();
    await lab().age(0.95);
    const holder = await lockHolder(lab());
    holder.kill('SIGSTOP');
    try {
      expect(await lab().ask()).toMatchObject({ stdout: `${accessToken}\n`, exitCode: 0 });
      await lab().age(1);
      const waiting = lab().ask();
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(lab().refreshes()).toBe(0);
      holder.kill('SIGKILL');
      expect(await waiting).toMatchObject({ exitCode: 0, stderr: '' });
      expect(lab().refreshes()).toBe(1);
    } finally {
      holder.kill('SIGKILL');
    }
  });
});
