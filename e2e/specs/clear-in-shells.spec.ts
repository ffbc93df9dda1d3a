import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editFish } from '../../shared/core/remedies/places/fish.ts';
import { editPosixShell } from '../../shared/core/remedies/places/posix-shell.ts';
import {
  applySpans,
  type EditHow,
  type EditResult,
  type EditText,
} from '../../shared/core/remedies/text-edit.ts';
import { onLinux } from '../support/on-system.ts';
import { scriptFor, TARGET, type RealShell } from './generated-scripts.ts';
import { readEnvironment, runScripts, type Ran, type Start } from './run-scripts.ts';

const EDITORS: Readonly<Record<RealShell, EditText>> = {
  bash: editPosixShell('bash'),
  zsh: editPosixShell('zsh'),
  dash: editPosixShell('bash'),
  fish: editFish,
};
const SHELLS = ['bash', 'zsh', 'dash', 'fish'] as const;

type Kind = EditHow['kind'];
const KINDS: readonly Kind[] = ['comment-out', 'comment-out', 'remove', 'look-up'];

let base = '';
beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-shells-')));
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

interface Case {
  readonly before: string;
  readonly after: string;
  readonly how: EditHow;
  readonly result: EditResult;
}

/** Looks up, where that is asked for, the value that is there. */
function edited(shell: RealShell, before: string, kind: Kind): Case {
  const edit = (how: EditHow): Case => {
    const result = EDITORS[shell](before, { names: [TARGET], how, marker: '7f3a' });
    return { before, after: applySpans(before, result.spans), how, result };
  };
  if (kind !== 'look-up') return edit({ kind });
  const values = edit({ kind, command: ['true'] }).result.done.flatMap(({ value }) => value ?? []);
  const [value] = values;
  if (value === undefined || new Set(values).size > 1) return edit({ kind: 'remove' });
  return edit({ kind, command: ['printf', '%s', utf8(value)] });
}

const BATCH = 250;

/** Everything wrong with the edit, in words; empty when all is well. */
function faults({ before, after, how, result }: Case, was: Ran, is: Ran): readonly string[] {
  const found: string[] = [];
  if (was.syntax !== is.syntax) found.push(`-n said ${String(was.syntax)}, and says ${String(is.syntax)}`);
  if ((was.environment === null) !== (is.environment === null)) found.push('another end');
  const others = (ran: Ran): readonly string[] =>
    [...(ran.environment ?? [])]
      .filter(([name]) => name !== TARGET)
      .map((entry) => entry.join('='))
      .sort();
  if (others(was).join('\0') !== others(is).join('\0')) {
    found.push(`environment: ${JSON.stringify([others(was), others(is)])}`);
  }
  const value = is.environment?.get(TARGET);
  const old = was.environment?.get(TARGET);
  const all = result.left.length === 0;
  if (how.kind === 'look-up') {
    if (value !== old) found.push(`was ${JSON.stringify(old)}, and is looked up as ${JSON.stringify(value)}`);
  } else if (all && value !== undefined) {
    found.push(`still set to ${JSON.stringify(value)}`);
  }
  const [only, ...more] = result.done.filter((line) => line.value !== null);
  const sure =
    all &&
    was.syntax &&
    only !== undefined &&
    more.length === 0 &&
    old !== undefined &&
    !before.includes('\r');
  if (sure && only.value !== old)
    found.push(`was ${JSON.stringify(old)}, read as ${JSON.stringify(only.value)}`);
  if (before === after && result.spans.length > 0) found.push('an edit that is none');
  return found;
}

describe.runIf(onLinux)('After the edit', () => {
  test.each(SHELLS)(
    '%s gives programs all that it gave them before, apart from what was cleared',
    { timeout: 1_800_000 },
    (shell) => {
      const runs = fc.readConfigureGlobal().numRuns ?? 1000;
      const seed = fc.readConfigureGlobal().seed ?? Date.now();
      const scripts = fc.sample(scriptFor(shell).map(latin1), { numRuns: runs, seed });
      let cleared = 0;
      for (let from = 0; from < scripts.length; from += BATCH) {
        const cases = scripts
          .slice(from, from + BATCH)
          .map((script, index) => edited(shell, script, KINDS[index % KINDS.length] ?? 'remove'));
        const start: Start = (from / BATCH) % 2 === 0 ? 'plain' : 'login and interactive';
        // One after the other in one go: what differs is the edit alone.
        const ran = runScripts(
          base,
          shell,
          start,
          cases.flatMap(({ before, after }) => [before, after]),
        );
        cases.forEach((each, index) => {
          const [was, is] = ran.slice(2 * index, 2 * index + 2);
          if (was === undefined || is === undefined) throw new Error('an answer is missing');
          const wrong = faults(each, was, is);
          const { before, after, how, result } = each;
          const what = JSON.stringify(
            { shell, start, seed, how: how.kind, before, after, left: result.left },
            null,
            1,
          );
          if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n${what}`);
          if (result.left.length === 0 && was.environment?.has(TARGET) === true) cleared++;
        });
      }
      // Otherwise this would show nothing.
      expect(cleared).toBeGreaterThan(runs / 20);
    },
  );
});

/** Where a shell looks for its start-up file, and how it is started to read it. */
const STARTUP: readonly (readonly [RealShell, string, readonly string[]])[] = [
  ['bash', '.bash_profile', ['-l', '-i']],
  ['bash', '.bashrc', ['-i']],
  ['zsh', '.zshrc', ['-l', '-i']],
  ['zsh', '.zshenv', []],
  ['dash', '.profile', ['-l', '-i']],
  ['fish', '.config/fish/config.fish', ['-l', '-i']],
  ['fish', '.config/fish/conf.d/keys.fish', []],
];

describe.runIf(onLinux)('As a start-up file', () => {
  test.each(STARTUP)('of %s, %s', { timeout: 600_000 }, (shell, file, flags) => {
    const seed = Date.now();
    const home = mkdtempSync(path.join(base, 'home-'));
    mkdirSync(path.join(home, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(home, '.zshrc'), '');
    const start = (text: string): Ran => {
      writeFileSync(path.join(home, file), text, 'latin1');
      const run = spawnSync(shell, [...flags, '-c', '/usr/bin/env -0'], {
        env: { HOME: home, PATH: '/usr/bin:/bin' },
        cwd: home,
        encoding: 'latin1',
        timeout: 20_000,
      });
      if (run.error !== undefined) throw new Error(`${shell}: ${run.error.message}`);
      return { syntax: true, environment: readEnvironment(run.stdout.split('\0')) };
    };
    for (const script of fc.sample(scriptFor(shell).map(latin1), { numRuns: 20, seed })) {
      const each = edited(shell, script, 'comment-out');
      const wrong = faults(each, start(each.before), start(each.after));
      expect(wrong, JSON.stringify({ seed, before: each.before, after: each.after })).toEqual([]);
    }
  });
});
