/**
 * `node decide-loop.cjs FILE`: decides what FILE holds over and over on one thread and prints verdicts per second. Bundled by
 * decide-rate.ts for the Node on PATH.
 */
import { readFileSync } from 'node:fs';
import type { Context } from '../../shared/core/context.ts';
import type { Facts } from '../../shared/core/facts.ts';
import { decide } from '../../shared/core/rules/decide.ts';

export interface Question {
  readonly facts: Facts;
  readonly context: Context;
}

/** Milliseconds of the processor. */
const WARM_UP = 500;
const MEASURED = 1500;

const questions = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as readonly Question[];
decideFor(WARM_UP);
process.stdout.write(`${decideFor(MEASURED)}\n`);

/** Counts the processor's time, not the clock's: what else the machine does is no part of it. */
function decideFor(milliseconds: number): number {
  const start = process.cpuUsage();
  let verdicts = 0;
  let sent = 0;
  let elapsed: number;
  do {
    for (const { facts, context } of questions) if (decide(facts, context).outcome === 'sends') sent++;
    verdicts += questions.length;
    const { user, system } = process.cpuUsage(start);
    elapsed = (user + system) / 1000;
  } while (elapsed < milliseconds);
  // Looked at, so that nothing can be left out as unused.
  if (sent === 0) throw new Error('No verdict sends anything.');
  return Math.round(verdicts / (elapsed / 1000));
}
