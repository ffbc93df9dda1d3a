/** A token that the keychain does not give, or does not take. */
import { describe, expect, test } from 'vitest';
import { organisationItem } from '../../shared/usecases/keyring-services/organisation-token.ts';
import { until } from '../fake-claude/claude-lab.ts';
import { flat } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';
import { NAME, tokenLabs } from '../tokens/token-lab.ts';

/** Milliseconds: the deadline of the keychain, and patience with a machine that has other work too. */
const DEADLINE = 5_000;
const PATIENCE = 10_000;
const REFRESH = { path: '/token', grant: 'refresh_token' };

describe.runIf(onLinux)('Signed in to a real provider, with gnome-keyring', () => {
  const lab = tokenLabs();

  test('killed between the provider’s answer and the keychain it ends in a sign-in that is asked for, and the old token is kept.', async () => {
    const before = await lab().kept();
    await lab().age(2);
    // The keychain stands still from the answer on, so that the new token is in that one process and nowhere else.
    const stop = lab().proxy.when(REFRESH, {
      do: 'rewrite',
      body: (text) => {
        lab().daemon.kill('SIGSTOP');
        return text;
      },
    });
    const token = lab().start();
    await until(() =>
      lab()
        .proxy.requests()
        .some(({ grant, done }) => grant === 'refresh_token' && done === 'rewrite'),
    );
    // It has the answer, and waits for the keychain.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    token.signal('SIGKILL');
    await token.ended;
    lab().daemon.kill('SIGCONT');
    stop();
    expect(token.said()).toBe('');
    expect(await lab().kept()).toMatchObject({ refreshToken: before.refreshToken, refused: null });

    const run = await lab().ask();
    expect(run).toMatchObject({ stdout: '', exitCode: 1 });
    expect(run.stderr).toContain(`credence login --provider ${NAME}`);
    expect(await lab().kept()).toMatchObject({
      accessToken: before.accessToken,
      refreshToken: before.refreshToken,
      refused: before.refreshToken,
    });
  });

  test('a keychain that stands still for a moment after the answer keeps the new token all the same.', async () => {
    const before = await lab().kept();
    await lab().age(2);
    lab().proxy.when(
      { ...REFRESH, times: 1 },
      {
        do: 'rewrite',
        body: (text) => {
          lab().daemon.kill('SIGSTOP');
          setTimeout(() => lab().daemon.kill('SIGCONT'), 6_500);
          return text;
        },
      },
    );
    const run = await lab().ask();
    const after = await lab().kept();
    expect(run).toMatchObject({ stdout: `${after.accessToken}\n`, stderr: '', exitCode: 0 });
    expect(after.refreshToken).not.toBe(before.refreshToken);
  });

  describe('and a keychain that is', () => {
    test.each(['fresh', 'ended'] as const)(
      'locked, with a token that is %s: it is said, nobody is asked, nothing is lost.',
      async (age) => {
        if (age === 'ended') await lab().age(2);
        await lab().session.lock();
        const run = await lab().ask();
        expect(run).toMatchObject({ stdout: '', exitCode: 3 });
        expect(run.stderr).toContain('The keychain is locked');
        expect([lab().session.prompts(), lab().refreshes()]).toEqual([0, 0]);
        await lab().session.startKeyring();
        expect(await lab().ask()).toMatchObject({ exitCode: 0, stderr: '' });
      },
    );

    test('frozen: it is said within its deadline, and nothing is lost.', async () => {
      lab().daemon.kill('SIGSTOP');
      const started = performance.now();
      const run = await lab().ask();
      const took = performance.now() - started;
      lab().daemon.kill('SIGCONT');
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(run.stderr).toContain('The keychain does not answer');
      expect(took).toBeLessThan(DEADLINE + PATIENCE);
      expect(await lab().ask()).toMatchObject({ exitCode: 0, stderr: '' });
    });

    test('killed, and started again by the bus: it is locked, which is said.', async () => {
      const closed = new Promise((resolve) => lab().daemon.once('close', resolve));
      lab().daemon.kill('SIGKILL');
      await closed;
      const run = await lab().ask();
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(run.stderr).toContain('The keychain is locked');
      expect(lab().session.prompts()).toBe(0);
      await lab().session.startKeyring();
      expect(await lab().ask()).toMatchObject({ exitCode: 0, stderr: '' });
    });

    test('not there: it is said.', async () => {
      const run = await lab().ask({ HOME: lab().session.home });
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(run.stderr).toContain('The keychain does not answer');
    });

    test('empty: somebody has to sign in.', async () => {
      await lab().keyring.remove(organisationItem(NAME));
      const run = await lab().ask();
      expect(run).toMatchObject({ stdout: '', exitCode: 1 });
      expect(run.stderr).toContain(`Nobody is signed in to ${NAME}`);
      // The note of a sign-in that is not there goes with that.
      expect(lab().tokens.known()).toEqual([]);
    });

    test('of another form: what is in it is not printed, and stays.', async () => {
      await lab().keyring.set(organisationItem(NAME), '{"accessToken":"of-another"}');
      const run = await lab().ask();
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(flat(run.stderr)).toContain('is not what Credence stored there');
      expect(await lab().keyring.get(organisationItem(NAME))).toMatchObject({
        secret: '{"accessToken":"of-another"}',
      });
    });
  });
});
