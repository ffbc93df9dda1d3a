/**
 * Notes the arguments and variables of every process that belongs to a made-up home, from when it is first seen until it ends.
 *
 *     node process-poller.ts OUTPUT HOME…
 *
 * A process belongs to it when its variables or arguments name one of the homes, or its parent belongs to it. Each line of the output is
 * one sight: process id, name, and both in base64. It says `ready` once, and ends with its input.
 */
import { Buffer } from 'node:buffer';
import { appendFileSync, readFileSync, readdirSync } from 'node:fs';
import process from 'node:process';

const [output = '', ...homes] = process.argv.slice(2);
/** Milliseconds. */
const PAUSE = 8;

const known = new Map<string, { readonly own: boolean; readonly before: string }>();

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function parentOf(pid: string): string {
  const stat = read(`/proc/${pid}/stat`).toString('latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
}

function look(): void {
  const there = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  for (const pid of there) {
    const seen = known.get(pid);
    if (seen?.own === false || pid === String(process.pid)) continue;
    const given = read(`/proc/${pid}/cmdline`);
    // Both change when it becomes another program, and hardly otherwise.
    if (seen !== undefined && given.toString('latin1') === seen.before) continue;
    const variables = read(`/proc/${pid}/environ`);
    const own =
      seen?.own === true ||
      homes.some((home) => given.includes(home) || variables.includes(home)) ||
      known.get(parentOf(pid))?.own === true;
    if (own)
      appendFileSync(
        output,
        `${pid} ${read(`/proc/${pid}/comm`).toString().trim().replaceAll(' ', '-')} ${given.toString('base64')} ${variables.toString('base64')}\n`,
      );
    known.set(pid, { own, before: given.toString('latin1') });
  }
  const alive = new Set(there);
  for (const pid of known.keys()) if (!alive.has(pid)) known.delete(pid);
  setTimeout(look, PAUSE);
}

appendFileSync(output, '');
process.stdin.on('end', () => process.exit(0)).resume();
look();
process.stdout.write('ready\n');
