/** Where the tokens of an organisation go: to the provider, the keychain and who asked for them. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';
import { holdsSecret } from '../tokens/holds-secret.ts';
import { NAME, tokenLabs } from '../tokens/token-lab.ts';

describe.runIf(onLinux)('Signed in to a real provider, with gnome-keyring', () => {
  const lab = tokenLabs();

  test('the tokens are in no argument, environment or file, and are written to their places only.', async () => {
    const before = await lab().kept();
    await lab().age(2);
    const trace = path.join(lab().session.home, '..', 'trace');
    const { file, searchPath } = lab().credence;
    const child = spawn(
      'strace',
      [
        '-f',
        '-yy',
        '-v',
        '-s',
        '65535',
        '-e',
        'trace=execve,write,writev,sendto,sendmsg,sendmmsg,pwrite64',
        '-o',
        trace,
      ].concat(['node', file, 'token', '--provider', NAME]),
      { env: { ...lab().session.variables, PATH: searchPath }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    const after = await lab().kept();
    expect(printed).toBe(`${after.accessToken}\n`);

    const calls = readFileSync(trace, 'utf8').split('\n');
    rmSync(trace);
    const [oldRefresh, newRefresh] = [before.refreshToken ?? '?', after.refreshToken ?? '?'];
    const secrets = [before.accessToken, after.accessToken, oldRefresh, newRefresh];
    const within = (text: string): readonly string[] => secrets.filter((secret) => holdsSecret(text, secret));
    // That it can be seen at all.
    expect(calls.filter((call) => /write\(1</.test(call) && call.includes(after.accessToken))).toHaveLength(
      1,
    );
    expect(calls.filter((call) => call.includes('execve(')).length).toBeGreaterThan(1);
    const carrying = calls.filter((call) => within(call).length > 0);
    expect(carrying.filter((call) => call.includes('execve('))).toEqual([]);
    const targets = new Set(carrying.map((call) => /\(\d+<([A-Za-z-]+)/.exec(call)?.[1]));
    // The provider; and the bus, the process that talks to the keychain, and standard output, which Node makes a socket.
    expect([...targets].sort()).toEqual(['TCP', 'UNIX-STREAM']);
    // A token of this run goes to the provider at most once, and only the one that is spent.
    const toProvider = carrying.filter((call) => call.includes('<TCP:'));
    expect(toProvider.flatMap(within)).toEqual([oldRefresh]);

    for (const file of filesBelow(lab().session.home)) {
      expect([file, within(readFileSync(file, 'latin1'))]).toEqual([file, []]);
    }
  });
});
