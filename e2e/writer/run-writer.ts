/**
 * A program that changes files with the real writer, as tests need it: under strace, as another user, many at once, to be
 * killed. Asked by JSON in a file, since arguments can be read by everybody; answers JSON.
 */
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { changeStore } from '../../electron/adapters/changes/change-store.ts';
import { nodeFileWriter } from '../../electron/adapters/files/node-file-writer.ts';
import type { WriterJob, WriterStep } from './writer-job.ts';

const job = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as WriterJob;
const writer = nodeFileWriter({ home: job.home, userId: process.getuid?.() ?? null });
const store = changeStore(job.ownFolder ?? null, process.getuid?.() ?? null);

// Loads what is loaded late, so that it is not in between.
await writer.look('/');
if (job.umask !== undefined) process.umask(job.umask);
while (job.barrier !== undefined && !existsSync(job.barrier))
  await new Promise((resolve) => setTimeout(resolve, 2));
const answers: unknown[] = [];
for (let round = 0; round < (job.rounds ?? 1); round++) {
  for (const step of job.steps) {
    // Seen in the log of system calls.
    existsSync(`/mark-begin-${String(answers.length)}`);
    const answer = await take(step);
    existsSync(`/mark-end-${String(answers.length)}`);
    answers.push(answer);
  }
}
writeSync(1, JSON.stringify(answers));

async function take(step: WriterStep): Promise<unknown> {
  switch (step.kind) {
    case 'look':
      return writer.look(step.path);
    case 'replace':
      return writer.replace(step.path, step.expected, step.bytes);
    case 'change-mode':
      return writer.changeMode(step.path, step.expected, step.mode);
    case 'remove':
      return writer.remove(step.path, step.expected);
    case 'sweep':
      return writer.sweep(step.path);
    case 'increase':
      return step.alone
        ? store.alone(60_000, () => increase(step.path, step.times))
        : increase(step.path, step.times);
    case 'keep':
      return store.write(step.name, step.bytes);
    case 'forget':
      return store.remove(step.name);
    case 'add':
      return add(step.path, step.milliseconds);
  }
}

/** Counts a number in a file up, again and again until it worked as often as it should. */
async function increase(path: string, times: number): Promise<number> {
  let tries = 0;
  for (let left = times; left > 0; tries++) {
    const look = await writer.look(path);
    if (look.state !== 'file') continue;
    const answer = await writer.replace(path, look.digest, `${String(Number(look.bytes) + 1)}\n`);
    if (answer.ok) left -= 1;
  }
  return tries;
}

/** Counts up what is ours in a file that another program writes to as well, and tells how often what came of it. */
async function add(path: string, milliseconds: number): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  const until = performance.now() + milliseconds;
  while (performance.now() < until) {
    const look = await writer.look(path);
    const [, other, mine] = (look.state === 'file' && /^other (\d+) mine (\d+)\n$/.exec(look.bytes)) || [];
    if (look.state !== 'file') continue;
    const bytes = `other ${other ?? ''} mine ${String(Number(mine) + 1)}\n`;
    const answer = await writer.replace(path, look.digest, bytes);
    const how = mine === undefined ? 'mixed' : answer.ok ? 'done' : answer.why;
    counts[how] = (counts[how] ?? 0) + 1;
  }
  return counts;
}
