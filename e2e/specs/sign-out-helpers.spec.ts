import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import { schemaValidator } from '../schema/published-schemas.ts';
import { onLinux } from '../support/on-system.ts';
import { NAME, tokenLabs } from '../tokens/token-lab.ts';

const published = schemaValidator({ undocumented: true });
const closed = schemaValidator({ undocumented: false });

const lab = tokenLabs();
let settings = '';

const ask = (...args: readonly string[]): Promise<CommandAnswer> =>
  lab().credence.ask(args, { folder: lab().session.home, variables: lab().session.variables });
/** As one line, wherever it was wrapped. */
const said = ({ stdout }: CommandAnswer): string => stdout.replace(/\s+/g, ' ');
const laySettings = (value: object): void => {
  writeFileSync(settings, `${JSON.stringify(value, null, 2)}\n`);
};
const HELPER = `credence token --provider ${NAME}`;

interface SignedOut {
  readonly outcome: string;
  readonly helpers: readonly { readonly origin: object; readonly takeOut: string | null }[];
}

async function signOutInJson(): Promise<SignedOut> {
  const { stdout, stderr } = await ask('logout', '--provider', NAME, '--json');
  expect(stderr).toBe('');
  const value = JSON.parse(stdout) as SignedOut;
  expect([published('logout', value), closed('logout', value)]).toEqual([[], []]);
  return value;
}

describe.runIf(onLinux)('Signing out of an organisation whose token Claude Code asks for', () => {
  beforeEach(() => {
    settings = path.join(lab().session.home, '.claude/settings.json');
    mkdirSync(path.dirname(settings), { recursive: true });
  });

  test('says so before and after, with the place, and the undo that it names puts back what was there.', async () => {
    laySettings({ model: 'opus', apiKeyHelper: '/opt/made-up-helper' });
    const before = readFileSync(settings, 'utf8');
    expect(await ask('providers', '--use', NAME, '--apply')).toMatchObject({ exitCode: 0 });
    const used = readFileSync(settings, 'utf8');
    expect(used).toContain('--provider');
    const out = await ask('logout', '--provider', NAME);
    expect(out).toMatchObject({ exitCode: 0, stderr: '' });
    const words = said(out);
    expect(words).toContain(
      'Claude Code asks Credence for this token (apiKeyHelper in ~/.claude/settings.json:3).',
    );
    expect(words.indexOf('asks Credence')).toBeLessThan(words.indexOf('You are signed out'));
    expect(words).toContain('apiKeyHelper in ~/.claude/settings.json:3 still asks Credence for it');
    // Nothing is taken out that nobody asked for.
    expect(readFileSync(settings, 'utf8')).toBe(used);
    const [command = ''] = /credence clear --undo \S+/.exec(words) ?? [];
    expect(await ask(...command.split(' ').slice(1), '--apply')).toMatchObject({ exitCode: 0 });
    expect(readFileSync(settings, 'utf8')).toBe(before);
    expect(await signOutInJson()).toMatchObject({ outcome: 'not-signed-in', helpers: [] });
  });

  test('names the command that clears it where somebody has typed it, with the gateway beside it.', async () => {
    laySettings({ env: { ANTHROPIC_BASE_URL: 'https://gateway.northwind.example' }, apiKeyHelper: HELPER });
    const { outcome, helpers } = await signOutInJson();
    expect([outcome, helpers]).toMatchObject([
      'signed-out',
      [
        {
          origin: { kind: 'settings', scope: 'user', path: settings, line: 5, name: 'apiKeyHelper' },
          takeOut: 'credence clear apiKeyHelper ANTHROPIC_BASE_URL',
        },
      ],
    ]);
    const command = helpers[0]?.takeOut ?? '';
    expect(await ask(...command.split(' ').slice(1), '--apply')).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(readFileSync(settings, 'utf8'))).toEqual({ env: {} });
  });

  test('does not offer to undo what somebody has changed since.', async () => {
    laySettings({});
    expect(await ask('providers', '--use', NAME, '--apply')).toMatchObject({ exitCode: 0 });
    laySettings({ ...(JSON.parse(readFileSync(settings, 'utf8')) as object), model: 'opus' });
    expect((await signOutInJson()).helpers).toMatchObject([{ takeOut: 'credence clear apiKeyHelper' }]);
  });

  test('says nothing of a helper that asks for another.', async () => {
    laySettings({ apiKeyHelper: `${HELPER}-staging` });
    const words = said(await ask('logout', '--provider', NAME));
    expect(words).toContain('You are signed out');
    expect(words).not.toContain('apiKeyHelper');
  });

  test('says nothing after it that is not so: who stays signed in keeps the helper.', async () => {
    laySettings({ apiKeyHelper: HELPER });
    lab().proxy.when({ path: '/token/revocation' }, { do: 'answer', status: 503 });
    const out = await ask('logout', '--provider', NAME);
    expect(out.exitCode).toBe(4);
    expect(said(out)).not.toContain('still asks');
    expect(await lab().kept()).toMatchObject({ clientId: lab().configured.clientId });
  });

  test('works where its entry is gone: the token is revoked where it came from.', async () => {
    const { refreshToken } = await lab().kept();
    writeFileSync(
      path.join(lab().own, 'providers.json'),
      JSON.stringify({ schemaVersion: 1, providers: [] }),
    );
    expect(await ask('token', '--provider', NAME)).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await ask('logout', '--provider', NAME)).toMatchObject({ exitCode: 0 });
    expect(await lab().provider.isStillGood(refreshToken ?? '')).toBe(false);
    await expect(lab().kept()).rejects.toThrow('absent');
    expect(await ask('logout', '--provider', NAME)).toMatchObject({ exitCode: 2 });
  });
});
