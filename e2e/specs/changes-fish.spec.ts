import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canTrace, CHANGES } from '../changes/change-lab.ts';
import { KEY, NAME, OWN, variablesOf } from '../changes/change-scene.ts';
import { tallied } from '../changes/tallied.ts';
import { runIn, struckAt, traced, type CommandIn } from '../changes/traced-command.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { forEachAtOnce } from '../writer/writer-program.ts';

const FISH = '/usr/bin/fish';
/** Milliseconds, for a hundred runs that each start fish a few times. */
const PATIENCE = 600_000;
const CONFIG = `set -gx ${NAME} ${KEY}\n`;

let base = '';
let credence: BuiltCommand;
let worlds = 0;
beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-fish-')));
  mkdirSync(path.join(base, 'bin'));
  credence = builtCommand(path.join(base, 'bin'));
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

/** As a person has it who set the key with `set -Ux` once, and wrote it into a file as well. */
function layFishHome(): { readonly home: string; readonly log: string } {
  const root = path.join(base, String(worlds++));
  const home = path.join(root, 'home');
  mkdirSync(path.join(home, '.config/fish'), { recursive: true });
  mkdirSync(path.join(home, 'project'));
  writeFileSync(path.join(home, '.config/fish/config.fish'), CONFIG, { mode: 0o600 });
  fish(home, `set -Ux ${NAME} '${KEY}'; set -U other 'stays'`);
  return { home, log: path.join(root, 'log') };
}

/** What fish says to a script, without reading `config.fish`, which covers the variable. */
function fish(home: string, script: string): string {
  const { stdout } = spawnSync(FISH, ['-c', script], {
    env: { ...variablesOf(home), PATH: '/usr/bin:/bin' },
    encoding: 'utf8',
  });
  return stdout;
}

/** `old`: set in both places, as it was; `new`: in neither; and the rest as ever. */
function sideOf(home: string): string {
  const file = readFileSync(path.join(home, '.config/fish/config.fish'), 'utf8');
  const inFile = file === CONFIG ? 'old' : /^# credence [0-9a-f]{8}: set -gx /.test(file) ? 'new' : 'other';
  const script = `while set -qg ${NAME}; set -eg ${NAME}; end
    set -qU ${NAME}; and begin; set -qUx ${NAME}; and printf exported; printf ' %s' $${NAME}; end; printf ' %s' $other`;
  const kept = fish(home, script);
  const universal = kept === `exported ${KEY} stays` ? 'old' : kept === ' stays' ? 'new' : 'other';
  return inFile === universal ? inFile : `file ${inFile}, variable ${universal}`;
}

const inHome = (home: string, args: readonly string[]): CommandIn => ({
  credence,
  home,
  args,
  variables: { SHELL: FISH },
});

function idIn(home: string): string {
  const { stdout } = spawnSync('ls', [path.join(home, OWN, 'changes')], { encoding: 'utf8' });
  return /([0-9a-f]{8})\.json/.exec(stdout)?.[1] ?? '';
}

describe.runIf(canTrace && existsSync(FISH))('With a universal variable of fish in the plan', () => {
  test.each(['apply', 'undo'] as const)(
    'killed at every call of %s that changes a file, both places go to one side.',
    async (way) => {
      const lay = async (): Promise<{ readonly run: CommandIn; readonly log: string }> => {
        const { home, log } = layFishHome();
        const apply = inHome(home, ['clear', NAME, '--apply', '--json']);
        if (way === 'apply') return { run: apply, log };
        expect((await runIn(apply)).exitCode).toBe(0);
        return { run: inHome(home, ['clear', '--undo', idIn(home), '--json']), log };
      };
      const first = await lay();
      const { answer, calls } = await traced(first.run, first.log);
      expect(answer.exitCode).toBe(0);
      expect(sideOf(first.run.home)).toBe(way === 'apply' ? 'new' : 'old');
      const outcomes: string[] = [];
      // What is killed while it keeps what it replaces is tried with files.
      const points = [...calls.keys()].filter((at) => !/changes\/(?:\.?\*\.)\d/.test(calls[at]?.text ?? ''));
      expect(points.length).toBeGreaterThan(15);
      await forEachAtOnce(points, async (at) => {
        const { home } = await struckAt(calls, at, 'signal=SIGKILL', lay);
        const then = sideOf(home);
        const recovery = await runIn(inHome(home, CHANGES));
        expect([recovery.exitCode, calls[at]?.text]).toEqual([0, calls[at]?.text]);
        const after = sideOf(home);
        expect(['old', 'new'], calls[at]?.text).toContain(after);
        const { changes } = JSON.parse(recovery.stdout) as { readonly changes: readonly { state: string }[] };
        const states = changes.map(({ state }) => state);
        expect([
          ['applied', 'new'].join(),
          ['taken-back', 'old'].join(),
          ['undone', 'old'].join(),
          'none,old',
        ]).toContain([states[0] ?? 'none', after].join());
        outcomes.push(`${then} → ${after}`);
      });
      const counts = tallied(outcomes);
      console.log(`${way} with fish, killed: ${JSON.stringify(counts)}`);
      expect(counts['old → old']).toBeGreaterThan(0);
      expect(counts['new → old']).toBeGreaterThan(0);
      expect(Object.keys(counts).filter((outcome) => outcome.startsWith('file '))).not.toEqual([]);
    },
    PATIENCE,
  );
});
