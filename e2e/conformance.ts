/**
 * `npm run conformance [-- FILE…]`: does the built command answer as the real Claude Code acted? Each recorded world is laid
 * into a throw-away home; see e2e/worlds/README.md.
 */
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readWorlds } from './conformance/read-worlds.ts';
import { isStale } from './conformance/stale-build.ts';
import { runWorlds, type Outcome, type RunOptions } from './conformance/run-worlds.ts';

const USAGE = `npm run conformance [-- FILE…]   worlds, one per line; all of e2e/worlds unless said
  --jobs N                       that many at once
  --keep                         leave the homes, and say where`;

const ROOT = path.dirname(import.meta.dirname);
const COMMAND = path.join(ROOT, 'out/cli/credence.cjs');

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const request = requestOf(words);
  if (typeof request === 'string') {
    console.error(request);
    return 2;
  }
  const { files, jobs, keep } = request;
  if (isStale(COMMAND, [path.join(ROOT, 'shared'), path.join(ROOT, 'electron')])) {
    console.error('Note: the sources have changed since the command was built (npm run build).');
  }
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-conformance-')));
  const clear = (): void => {
    if (!keep) rmSync(base, { recursive: true, force: true });
  };
  process.once('SIGINT', () => {
    clear();
    process.exit(130);
  });
  try {
    return await runFiles(files, { command: COMMAND, base, jobs, keep });
  } finally {
    clear();
  }
}

interface Request {
  readonly files: readonly string[];
  readonly jobs: number;
  readonly keep: boolean;
}

/** Or the reason why there is nothing to do. */
function requestOf(words: readonly string[]): Request | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { jobs: { type: 'string' }, keep: { type: 'boolean', default: false } },
    });
    const jobs =
      values.jobs === undefined ? Math.min(4, Math.max(2, availableParallelism())) : Number(values.jobs);
    if (!Number.isInteger(jobs) || jobs < 1) return `--jobs takes a number from 1.\n${USAGE}`;
    const files = positionals.length > 0 ? positionals : ownFiles();
    const missing = files.filter((file) => !existsSync(file));
    if (missing.length > 0) return `There is no ${missing.join(', ')}.`;
    if (!existsSync(COMMAND)) return `There is no ${COMMAND} yet: npm run build`;
    return { files, jobs, keep: values.keep };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${USAGE}`;
  }
}

function ownFiles(): readonly string[] {
  const folder = path.join(ROOT, 'e2e/worlds');
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return names.map((name) => path.join(folder, name));
}

async function runFiles(files: readonly string[], options: RunOptions): Promise<number> {
  const start = performance.now();
  let [agreed, total] = [0, 0];
  const wide = Math.max(...files.map((file) => path.basename(file).length));
  for (const [index, file] of files.entries()) {
    const base = path.join(options.base, String(index + 1));
    const outcomes = await runWorlds(readWorlds(file), { ...options, base });
    const right = outcomes.filter(({ problems }) => problems.length === 0).length;
    for (const outcome of outcomes)
      if (outcome.problems.length > 0) console.log(inWords(outcome, options.keep));
    console.log(`${path.basename(file).padEnd(wide)}  agree ${right} of ${outcomes.length}`);
    agreed += right;
    total += outcomes.length;
  }
  if (options.keep) console.log(`The homes are in ${options.base}.`);
  console.log(`agree ${agreed} of ${total}  (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  // Nothing asked is nothing known.
  return total > 0 && agreed === total ? 0 : 1;
}

function inWords({ id, problems, place }: Outcome, keep: boolean): string {
  const where = keep && place !== null ? [`in ${place}`] : [];
  return [`✕ ${id}`, ...problems, ...where].join('\n    ');
}
