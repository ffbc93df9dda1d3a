import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { worldPorts } from '../../shared/testing/worlds.ts';
import { gatherFacts } from '../../shared/usecases/gather/gather-facts.ts';
import { readWorlds } from '../conformance/read-worlds.ts';
import type { Question } from './decide-loop.ts';

/**
 * Verdicts per second on one core, by the Node on PATH, over the facts of every recorded world.
 *
 * @param scratch a folder to write to
 * @param worlds the folder of the recordings
 */
export async function decideRate(
  scratch: string,
  worlds: string,
  variables: Readonly<Record<string, string>>,
): Promise<() => number> {
  const file = path.join(scratch, 'questions.json');
  writeFileSync(file, JSON.stringify(await questionsOf(worlds)));
  const program = path.join(scratch, 'decide-loop.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'decide-loop.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  return () => {
    const { stdout, stderr } = spawnSync('node', [program, file], { env: variables, encoding: 'utf8' });
    const rate = Number(stdout);
    if (!(rate > 0)) throw new Error(`deciding failed: ${stderr}`);
    return rate;
  };
}

async function questionsOf(folder: string): Promise<readonly Question[]> {
  const questions: Question[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.jsonl'))) {
    for (const { world } of readWorlds(path.join(folder, name))) {
      if (world === null) continue;
      const { ports, request, context } = worldPorts(world);
      questions.push({ facts: await gatherFacts(ports, request), context });
    }
  }
  return questions;
}
