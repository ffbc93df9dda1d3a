import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RecordedWorld } from '../../shared/testing/recorded-world.ts';

/** A line of a file: a world, or the reason why it is none. */
export interface Line {
  readonly id: string;
  readonly world: RecordedWorld | null;
  readonly problem: string | null;
}

/** Every line that is not blank counts, also one that cannot be understood: that is a mistake, not nothing. */
export function readWorlds(file: string): readonly Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((text, index) => ({ text, where: `${path.basename(file)}:${index + 1}` }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, where }) => lineOf(text, where));
}

function lineOf(text: string, where: string): Line {
  try {
    const world = worldOf(JSON.parse(text));
    return { id: world.id, world, problem: null };
  } catch (error) {
    return { id: where, world: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

function worldOf(value: unknown): RecordedWorld {
  if (!isRecord(value)) throw new Error('not an object');
  const { id, version, mode, env, files, managed, cwd, args, trusted, expect } = value;
  const wrong = Object.entries({
    id: typeof id === 'string',
    version: typeof version === 'string',
    mode: mode === 'print' || mode === 'bare' || mode === 'interactive',
    env: env === undefined || (isRecord(env) && Object.values(env).every((one) => typeof one === 'string')),
    files: files === undefined || isRecord(files),
    managed: managed === undefined || isRecord(managed),
    cwd: cwd === undefined || typeof cwd === 'string',
    args: args === undefined || (Array.isArray(args) && args.every((one) => typeof one === 'string')),
    trusted: trusted === undefined || typeof trusted === 'boolean',
    expect: isRecord(expect),
  })
    .filter(([, fits]) => !fits)
    .map(([name]) => name);
  if (wrong.length > 0) throw new Error(`not a world: ${wrong.join(', ')}`);
  return value as unknown as RecordedWorld;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
