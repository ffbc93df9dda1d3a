import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { onLinux } from '../../../e2e/support/on-system.ts';

const ADAPTERS = path.join(import.meta.dirname, '..');

/** What all of the scripts know. */
const SCRIPT = `
  import { closeSync, openSync, readdirSync } from 'node:fs';
  import { nodeProcessRunner } from ${JSON.stringify(path.join(ADAPTERS, 'process/node-process-runner.ts'))};
  import { nodeStartedPrograms } from ${JSON.stringify(path.join(ADAPTERS, 'programs/node-started-programs.ts'))};
  import { userTerminal } from ${JSON.stringify(path.join(ADAPTERS, 'programs/user-terminal.ts'))};
  import { askKeyringProcess } from ${JSON.stringify(path.join(ADAPTERS, 'keyring/ask-keyring-process.ts'))};
  import { nodeKeyringProcess } from ${JSON.stringify(path.join(ADAPTERS, 'keyring/start-keyring-process.ts'))};

  const what = { file: '/bin/true', args: [], folder: '/', variables: {} };
  const programs = nodeStartedPrograms({ platform: 'linux', waits: { interrupt: 300, terminate: 300 } });
  const startOne = async (more) => {
    const program = programs.start({ ...what, onOutput: () => undefined, ...more });
    return program === null ? 'not-started' : \`ended \${(await program.ended).exitCode}\`;
  };
  const runOne = async (input) => {
    const result = await nodeProcessRunner.run({ ...what, deadline: 20_000, maxBytes: 10, ...(input === undefined ? {} : { input }) });
    return result.state === 'ended' ? \`ended \${result.exitCode}\` : result.state;
  };
  const openTerminal = () => userTerminal(20_000).open(what);

  const askKeyring = async () => {
    const start = nodeKeyringProcess(process.env.KEYRING);
    const request = { operation: 'remove', service: 'Credence', account: 'x' };
    const { state } = await askKeyringProcess(start, request, {}, AbortSignal.timeout(20_000));
    return state === 'done' ? 'ended 0' : 'not-started';
  };

  const count = () => readdirSync('/proc/self/fd').length;
  const take = () => {
    const taken = [];
    try { for (;;) taken.push(openSync('/', 'r')); } catch { return taken; }
  };
  /** Longer than a stream needs to be closed. */
  const settled = () => new Promise((resolve) => setTimeout(resolve, 100));
  // What the first start opens stays open, as the loop’s own pipes.
  const warm = async (how) => { await how(); await settled(); };
  const left = {};
`;

function inOwnProcess(script: string, before = ''): Readonly<Record<string, unknown>> {
  const { stdout, stderr, status } = spawnSync(
    '/bin/sh',
    [
      '-c',
      `ulimit -n 64; ${before} exec "$0" "$@"`,
      process.execPath,
      '--input-type=module',
      '--eval',
      `${SCRIPT}${script}\nconsole.log(JSON.stringify(left)); process.exit(0);`,
    ],
    { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', KEYRING: keyring } },
  );
  expect([stderr, status]).toEqual(['', 0]);
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}

const folder = mkdtempSync(path.join(tmpdir(), 'credence-failed-starts-'));
/** A process for the keychain that has nothing to ask. */
const keyring = path.join(folder, 'keyring.cjs');
writeFileSync(
  keyring,
  `const reply = Buffer.from('0000' + JSON.stringify({ state: 'done' })); reply.writeUInt32BE(reply.length - 4);
   process.stdin.on('data', () => process.stdout.write(reply, () => process.exit()));`,
);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** More than any of them takes. */
const ENOUGH = 16;

describe.runIf(onLinux)('Where descriptors run out', () => {
  test.each([
    ['A program with which one speaks', 'startOne', 'ended 0'],
    ['One whose answer is read', 'runOne', 'ended 0'],
    ['One that is given something to read', '() => runOne("x")', 'ended 0'],
    ['A terminal', 'openTerminal', 'opened'],
    ['A process for the keychain', 'askKeyring', 'ended 0'],
  ])('%s is started or is not, and no descriptor is left of it either way.', (_, how, started) => {
    const left = inOwnProcess(`
      const how = ${how};
      await warm(how);
      for (let free = 0; free < ${String(ENOUGH)}; free++) {
        const before = count();
        const taken = take();
        for (const one of taken.splice(taken.length - free)) closeSync(one);
        const outcomes = [await how(), await how(), await how()];
        for (const one of taken) closeSync(one);
        await settled();
        left[free] = { outcomes: [...new Set(outcomes)].join(), descriptors: count() - before };
      }`);
    const none = Object.entries(left).filter(
      ([, seen]) => (seen as { descriptors: number }).descriptors !== 0,
    );
    expect(none).toEqual([]);
    const outcomes = Object.values(left).map((seen) => (seen as { outcomes: string }).outcomes);
    const first = outcomes.indexOf(started);
    // Below it none is started, from it on each is: nothing hangs between the two.
    expect(first).toBeGreaterThan(0);
    expect(new Set(outcomes.slice(0, first))).toEqual(
      new Set([started === 'opened' ? 'failed' : 'not-started']),
    );
    expect(new Set(outcomes.slice(first))).toEqual(new Set([started]));
  });
});

describe.runIf(onLinux)('Of many starts that fail for another reason', () => {
  test('no descriptor is left.', () => {
    const left = inOwnProcess(`
      const failing = {
        'no such folder': { folder: '/no/such/folder' },
        'a folder that is a file': { folder: '/bin/sh' },
        'words too long': { args: ['x'.repeat(20_000_000)] },
        'a NUL byte': { args: ['a\\0b'] },
        'no such program': { file: '/no/such/program' },
      };
      await warm(startOne);
      for (const [name, more] of Object.entries(failing)) {
        const before = count();
        for (let times = 0; times < 8; times++) if ((await startOne(more)) !== 'not-started') throw new Error(name);
        await settled();
        left[name] = count() - before;
      }`);
    expect(Object.values(left)).toEqual([0, 0, 0, 0, 0]);
  });

  test('So it is where the user may have no more processes.', () => {
    // Root may have as many as there are, so then another user tries.
    const asAnother = 'set -- --reuid=65534 --clear-groups "$0" "$@"; set -- setpriv "$@"; exec "$@";';
    const left = inOwnProcess(
      `
      await warm(startOne);
      const { execFileSync } = await import('node:child_process');
      execFileSync('/usr/bin/prlimit', ['--pid', String(process.pid), '--nproc=1']);
      const before = count();
      for (let times = 0; times < 8; times++) left[times] = await startOne();
      await settled();
      left.descriptors = count() - before;`,
      process.getuid?.() === 0 ? asAnother : '',
    );
    expect(left).toEqual({
      ...Object.fromEntries([...Array(8).keys()].map((n) => [n, 'not-started'])),
      descriptors: 0,
    });
  });
});
