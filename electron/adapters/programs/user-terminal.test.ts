import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { onLinux, onPosix } from '../../../e2e/support/on-system.ts';
import { terminalsContract, type TerminalBehaviour } from '../../../shared/testing/terminals-contract.ts';
import { userTerminal } from './user-terminal.ts';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-terminal-')));
let files = 0;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A made-up terminal; `NOTE` in it is a file of its own, and it goes on until a file beside that says so. */
function program(text: string): { readonly file: string; readonly note: string } {
  const file = path.join(folder, `terminal-${String(files++)}`);
  const note = `${file}.note`;
  writeFileSync(file, `#!/bin/sh\n${text.replaceAll('NOTE', note)}\n`, { mode: 0o755 });
  return { file, note };
}

const TELLS = `{ printf '%s\\0' "$MARK" "$PWD" "$@"; } > "NOTE.new"; mv "NOTE.new" "NOTE"`;
/** A failed test leaves none behind: without its note it ends too. */
const GOES_ON = 'while [ -e "NOTE" ] && [ ! -e "NOTE.end" ]; do sleep 0.05; done; echo "$?" > "NOTE.ended"';

const BEHAVIOURS: Readonly<Record<Exclude<TerminalBehaviour, 'missing'>, string>> = {
  'goes-on': `${TELLS}; sleep 3`,
  'hands-over': TELLS,
  refuses: 'exit 3',
};

/** Waits for what a test’s own time bounds. */
async function there(file: string): Promise<string> {
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
  return readFileSync(file, 'utf8');
}

describe.runIf(onPosix)('As every way to open a terminal', () => {
  const cases = terminalsContract((behaviour) => {
    const made =
      behaviour === 'missing'
        ? { file: path.join(folder, 'missing'), note: '' }
        : program(BEHAVIOURS[behaviour]);
    return {
      terminals: userTerminal(behaviour === 'goes-on' ? 200 : 20_000),
      file: made.file,
      folder,
      given: async () => {
        const [mark, where = '', ...args] = (await there(made.note)).split('\0').slice(0, -1);
        return { args, mark, folder: where };
      },
    };
  });
  test.each(cases)('$title', ({ run }) => run());
});

const open = (file: string, patience: number, more: Readonly<Record<string, string>> = {}) =>
  userTerminal(patience).open({ file, args: [], folder, variables: { PATH: '/usr/bin:/bin', ...more } });

describe.runIf(onPosix)('The user’s terminal', () => {
  test.each([
    ['is killed', 'kill -9 $$'],
    ['is nothing that the system can run', null],
  ])('that %s at once has not opened.', async (_, text) => {
    const { file } = program(text ?? '');
    if (text === null) writeFileSync(file, '\x7fELF and nothing more');
    expect(await open(file, 20_000)).toBe('failed');
  });

  test('that cannot be started in its folder has not opened.', async () => {
    const { file } = program('sleep 3');
    const request = { file, args: [], folder: path.join(folder, 'missing'), variables: {} };
    expect(await userTerminal(20_000).open(request)).toBe('failed');
  });

  test.runIf(onLinux)('has a session of its own, and no way back to Credence.', async () => {
    const { file, note } = program(
      '{ echo $$; cut -d " " -f 5,6 < /proc/$$/stat; readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2; } > "NOTE.new"; mv "NOTE.new" "NOTE"',
    );
    expect(await open(file, 20_000)).toBe('opened');
    const [pid = '', group, ...ends] = (await there(note)).trim().split('\n');
    expect(group).toBe(`${pid} ${pid}`);
    // Its output is its own file here; the other two lead nowhere.
    expect([ends[0], ends[2]]).toEqual(['/dev/null', '/dev/null']);
    expect(ends[1]).not.toMatch(/pipe|socket/);
  });

  test.runIf(onLinux)('goes on when Credence ends, and keeps it from ending for no moment.', async () => {
    const { file, note } = program(`echo $$ > "NOTE"; ${GOES_ON}`);
    const adapter = pathToFileURL(path.join(import.meta.dirname, 'user-terminal.ts')).href;
    const script = `
      import { userTerminal } from ${JSON.stringify(adapter)};
      console.log(await userTerminal(300).open(${JSON.stringify({ file, args: [], folder, variables: { PATH: '/usr/bin:/bin' } })}));
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    let said = '';
    parent.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
    // It is over by itself, though the terminal is not.
    const [code] = (await once(parent, 'close')) as [number | null];
    expect([code, said]).toEqual([0, 'opened\n']);
    expect(existsSync(`${note}.ended`)).toBe(false);
    expect(() => process.kill(Number(readFileSync(note, 'utf8')), 0)).not.toThrow();
    writeFileSync(`${note}.end`, '');
    await there(`${note}.ended`);
  });
});
