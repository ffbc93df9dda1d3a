import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Setting } from './cost.ts';

/**
 * Loaded into the measured Node before the program, it tells at the very end how much memory the process had at most, in
 * kilobytes. On Linux from the process's own address space: what `getrusage` says counts the memory of whoever started it, too.
 */
const HOOK = `
const { readFileSync, writeSync } = require('node:fs');
process.on('exit', () => {
  let peak = process.resourceUsage().maxRSS;
  try {
    peak = Number(/^VmHWM:\\s*(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {}
  writeSync(2, '\\npeak ' + peak + '\\n');
});
`;

/** @param scratch a folder to write to */
export function peakMemory(scratch: string): (args: readonly string[], setting: Setting) => number {
  const hook = path.join(scratch, 'peak-memory.cjs');
  writeFileSync(hook, HOOK);
  return (args, { folder, variables }) => {
    const { stderr, error } = spawnSync('node', ['--require', hook, ...args], {
      cwd: folder,
      env: variables,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (error !== undefined) throw error;
    const peak = /\npeak (\d+)\n$/.exec(stderr)?.[1];
    if (peak === undefined) throw new Error(`node ${args.join(' ')}: ${stderr}`);
    return Number(peak);
  };
}
