import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileStore } from '../../electron/adapters/files/node-file-store.ts';
import { userTerminal } from '../../electron/adapters/programs/user-terminal.ts';
import { madeUpEnvironment } from '../../shared/testing/made-up-environment.ts';
import { claudeToStart } from '../../shared/usecases/sign-in/claude-to-start.ts';
import { openSetupToken } from '../../shared/usecases/sign-in/open-setup-token.ts';
import { claudeLab, until, type ClaudeLab } from '../fake-claude/claude-lab.ts';
import { layFakeClaude } from '../fake-claude/lay-fake-claude.mjs';
import { madeUpHomes } from '../support/made-up-homes.ts';
import { endProcesses } from '../support/end-processes.ts';
import { onLinux } from '../support/on-system.ts';
import { runningCommand, type RunningCommand } from '../support/running-command.ts';
import { startXDisplay, type XDisplay } from '../support/x-display.ts';

/**
 * `claude setup-token` up to where it waits for a code, as Credence starts it: with the fake one, and with the unmodified program
 * where `CREDENCE_REAL_CLAUDE` names it by its absolute path. Without that the second half counts as skipped: it was not shown. As in
 * `real-claude-login.spec.ts` nothing gets out, and no token can come of it.
 *
 * No key ends 2.1.328 there, and Ctrl-C does not either (measured): it takes a signal, or the end of the terminal.
 */
const real = process.env['CREDENCE_REAL_CLAUDE'] ?? '';
/** What any run of a command leaves, and the shell’s own note of a browser. */
const OF_ANY_RUN =
  /^(\.claude|\.claude\.json|\.claude\/(backups|telemetry|cache|projects|statsig)(\/.*)?|\.cache(\/.*)?|\.config(\/credence(\/.*)?)?)$/;

const homes = madeUpHomes();
let display: XDisplay;
let lab: ClaudeLab;

beforeAll(async () => {
  if (onLinux) display = await startXDisplay();
});

afterAll(() => {
  if (onLinux) display.end();
});

beforeEach(() => {
  lab = claudeLab();
});

afterEach(async () => {
  endProcesses(lab.processes());
  await lab.close();
});

const programs: readonly (readonly [string, boolean, () => string])[] = [
  ['The fake program', onLinux, () => layFakeClaude(path.join(lab.home, '../claude'))],
  ['The unmodified program, where CREDENCE_REAL_CLAUDE names it', onLinux && real !== '', () => real],
];

function variableOf(pid: number, name: string): string | undefined {
  const lines = readFileSync(`/proc/${String(pid)}/environ`, 'utf8').split('\0');
  return lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
}

describe.each(programs)('%s', (_, isThere, program) => {
  const left = (): readonly string[] => lab.files().filter((name) => !OF_ANY_RUN.test(name));
  const running = (): number | undefined =>
    lab
      .processes()
      .find(({ command }) => /(^|node )\S+\/claude setup-token$/.test(command) && !command.includes(' -c '))
      ?.pid;
  /** Its process, once its page was opened. */
  const opened = async (): Promise<number> => {
    await until(() => lab.opened() !== null && running() !== undefined);
    const page = lab.opened();
    expect([page?.protocol, page?.host, page?.searchParams.get('scope')]).toEqual([
      'https:',
      'claude.com',
      'user:inference',
    ]);
    expect(page?.searchParams.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+\/callback$/);
    const pid = running() ?? Number.NaN;
    for (const end of [0, 1, 2])
      expect(readlinkSync(`/proc/${String(pid)}/fd/${String(end)}`)).toMatch(/^\/dev\/pts\/\d+$/);
    return pid;
  };
  const expectNothingLeft = async (): Promise<void> => {
    await until(() => lab.processes().length === 0);
    expect(left()).toEqual([]);
    expect(existsSync(path.join(lab.home, '.config/credence/logins.json'))).toBe(false);
  };
  /** `credence login setup-token` in a terminal, with a yes. */
  const typed = async (): Promise<RunningCommand> => {
    const command = runningCommand(
      { ...homes.credence(), searchPath: `${path.dirname(program())}:${homes.credence().searchPath}` },
      ['login', 'setup-token'],
      { folder: lab.home, variables: { ...lab.variables, SHELL: '/bin/sh' }, terminal: true },
    );
    await command.says(/here now\? \[y\/N\]/);
    // A terminal is listened to a moment after it was written to.
    await new Promise((resolve) => setTimeout(resolve, 300));
    command.write('y\r');
    return command;
  };

  test.runIf(isThere)('It runs in a terminal window of its own, and ends with it.', async () => {
    const environment = madeUpEnvironment({
      home: lab.home,
      variables: { ...lab.variables, DISPLAY: display.name, TERMINAL: 'xterm' },
      userId: process.getuid?.() ?? null,
      workingFolder: '/',
    });
    const found = claudeToStart({ environment, files: nodeFileStore }, program());
    if (!found.ok) throw new Error(found.why);
    const ports = { environment, files: nodeFileStore, terminals: userTerminal() };
    expect(await openSetupToken(ports, found.program)).toBe('opened');
    const pid = await opened();
    display.closeWindow(Number(variableOf(pid, 'WINDOWID')));
    await expectNothingLeft();
  });

  test.runIf(isThere)(
    'Ended in the user’s terminal it gives that back: the day can be asked for.',
    async () => {
      const command = await typed();
      process.kill(await opened(), 'SIGINT');
      await command.says(/made just now\? \[y\/N\]/);
      await new Promise((resolve) => setTimeout(resolve, 300));
      // Return is a line end again, and what is typed makes a line.
      command.write('n\r');
      expect((await command.ended).exitCode).toBe(0);
      expect(command.said()).toContain('No day was kept.');
      await expectNothingLeft();
    },
  );

  test.runIf(isThere)('When the user’s terminal is closed both end.', async () => {
    const command = await typed();
    await opened();
    process.kill(command.processId, 'SIGKILL');
    await expectNothingLeft();
  });
});
