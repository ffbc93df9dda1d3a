import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ClearHome } from '../support/clear-home.ts';
import { onLinux } from '../support/on-system.ts';
import { clearLab, EXPORT, type Said } from './clear-lab.ts';
import { KEY } from './clear-worlds.ts';
import { SECRET_MARK } from './status-answer.ts';

const lab = clearLab('clear-traced');
const canTrace = onLinux && spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

const TRACE = ['-f', '-qq', '-s', '4000', '-e', 'trace=execve,%file', '-e', 'signal=none'];
/** Calls that change something on the disk. */
const CHANGING =
  /^\d+ +(?:rename|link|unlink|chmod|mkdir|rmdir|truncate|symlink)\w*\(|O_(?:WRONLY|RDWR|CREAT)/;
/** Of Credence’s own, and what fish keeps for itself. */
const OWN = /\/(?:\.config\/(?:credence|fish)|\.local\/share\/fish|\.cache\/fish)\b/;
/** What the plan names, and what is written beside it on the way. */
const NAMED = /\/\.(?:zshrc|claude\.json)"|\/\.\.(?:zshrc|claude\.json)\.credence-|\.claude\.json\.lock/;

/** The answer, and each call with a path that the command and all that it starts make meanwhile. */
function traced({ folder, variables }: ClearHome, words: readonly string[]) {
  const log = path.join(lab.base, 'calls.log');
  const { file, searchPath } = lab.credence;
  const { stdout, stderr, status } = spawnSync('strace', [...TRACE, '-o', log, 'node', file, ...words], {
    cwd: folder,
    env: { ...variables, PATH: searchPath },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  return { answer: JSON.parse(stdout) as Said, calls: readFileSync(log, 'latin1').split('\n') };
}

test.runIf(canTrace)('No secret stands on a command line, and nothing is written but what is named.', () => {
  const home = lab.lay({ '~/.zshrc': EXPORT, '~/.claude.json': `{"env":{"ANTHROPIC_API_KEY":"${KEY}"}}` });
  spawnSync('fish', ['-c', `set -Ux ANTHROPIC_API_KEY ${KEY}`], {
    env: { HOME: home.home, PATH: '/usr/bin:/bin' },
  });
  const run = (...words: readonly string[]): Said => {
    const { answer, calls } = traced(home, words);
    const programs = calls.filter((line) => line.includes('execve('));
    expect(programs.length).toBeGreaterThan(0);
    expect(programs.filter((line) => line.includes(SECRET_MARK))).toEqual([]);
    const changes = calls.filter(
      (line) => CHANGING.test(line) && !line.includes('= -1 ') && line.includes(`"${home.home}/`),
    );
    // Without this nothing would be shown by what is not among them.
    expect(changes.filter((line) => NAMED.test(line)).length).toBeGreaterThan(0);
    expect(changes.filter((line) => !OWN.test(line) && !NAMED.test(line))).toEqual([]);
    return answer;
  };
  const answer = run('clear', 'ANTHROPIC_API_KEY', '--apply', '--json');
  expect(answer['steps']).toHaveLength(3);
  run('clear', '--undo', String(answer['changeId']), '--json');
  expect(home.text('~/.zshrc')).toBe(EXPORT);
});
