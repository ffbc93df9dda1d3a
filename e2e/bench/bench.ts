/**
 * `npm run bench`: what the built command costs beside programs that everybody has, as medians of ratios that are taken in
 * turn. No test: a busy machine shows in it.
 */
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { layFullHome } from '../../build/full-home.mjs';
import { isStale } from '../conformance/stale-build.ts';
import { costOf, type Setting } from './cost.ts';
import { decideRate } from './decide-rate.ts';
import { FIND, layManyFolders } from './many-folders.ts';
import { inTurn, median, medianRatio, type Pair } from './medians.ts';
import { peakMemory } from './peak-memory.ts';
import { tokenCost } from './token-cost.ts';

const USAGE = `npm run bench [-- OPTION…]
  --claude PATH   Claude Code's program, if it is not on the search path
  --rounds N      how often each pair is measured (15)
  --strict        exit code 1 when a limit is missed`;

const ROOT = path.dirname(path.dirname(import.meta.dirname));
const COMMAND = path.join(ROOT, 'out/cli/credence.cjs');
const STATUS = [COMMAND, 'status', '--json'];
const SCAN = [COMMAND, 'scan', '--json'];
const NOTHING = ['node', '-e', '0'];
/** npm puts the project's own programs in front, a Node among them; what is measured runs on the user's. */
const SEARCH = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .filter((folder) => folder !== '' && !/[\\/]node_modules[\\/]/.test(folder));
/** Small programs are run so often in a row for one figure. */
const IN_A_ROW = 5;

interface Row {
  readonly what: string;
  readonly figure: string;
  readonly limit: string;
  /** `null`: could not be measured here. */
  readonly met: boolean | null;
  readonly details: string;
}

process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      claude: { type: 'string' },
      rounds: { type: 'string', default: '15' },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (values.help || !Number.isSafeInteger(rounds) || rounds < 1) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  if (!existsSync(COMMAND)) {
    console.error('There is no built command yet: npm run build.');
    return 2;
  }
  if (isStale(COMMAND, [path.join(ROOT, 'shared'), path.join(ROOT, 'electron')])) {
    console.error('Note: the sources have changed since the command was built (npm run build).');
  }
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-bench-')));
  try {
    const rows = await measure(scratch, rounds, values.claude ?? onPath('claude'));
    print(rows, rounds);
    return values.strict && rows.some(({ met }) => met === false) ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function measure(scratch: string, rounds: number, claude: string | null): Promise<readonly Row[]> {
  const search = SEARCH.join(path.delimiter);
  const { project, variables } = layFullHome(path.join(scratch, 'full'), search, Date.now());
  const setting: Setting = { folder: project, variables };
  const cpu = (command: readonly string[]) => (): number => costOf(command, setting, { runs: IN_A_ROW }).cpu;
  const start = inTurn(rounds, cpu(['node', ...STATUS]), cpu(NOTHING));
  const token = await tokenCost(path.dirname(COMMAND), rounds, { search, runs: IN_A_ROW, nothing: NOTHING });
  const beside = claude === null ? null : await besideClaude(scratch, rounds, claude, setting);

  const tree = path.join(scratch, 'tree');
  layManyFolders(tree);
  const there: Setting = { folder: tree, variables };
  const wall = (command: readonly string[]) => (): number => costOf(command, there).wall;
  const walk = inTurn(rounds, wall(['node', ...SCAN]), wall(FIND));
  const peak = peakMemory(scratch);
  const memory = inTurn(
    rounds,
    () => peak(SCAN, there),
    () => peak(STATUS, setting),
  );

  const rate = await decideRate(scratch, path.join(ROOT, 'e2e/worlds'), variables);
  const rates = Array.from({ length: Math.min(rounds, 5) }, rate);
  const nothing = inTurn(rounds, () => costOf(NOTHING, setting).wall, Date.now).map(({ one }) => one);
  return [
    ratio('CPU of status / node -e 0', start, 1.6, 'ms'),
    token === null
      ? missing('CPU of token, fresh / node -e 0', 2, 'there is no gnome-keyring')
      : ratio('CPU of token, fresh / node -e 0', token, 2, 'ms'),
    beside === null
      ? missing(
          'CPU of status / claude auth status',
          0.5,
          'Claude Code is not on the search path; see --claude',
        )
      : ratio('CPU of status / claude auth status', beside, 0.5, 'ms'),
    ratio('wall time of scan / find, 10,000 folders', walk, 1.5, 'ms'),
    ratio('peak memory of scan / status', memory, 1.5, 'kB'),
    {
      what: 'verdicts per second, one core',
      figure: median(rates).toLocaleString('en'),
      limit: '≥ 200,000',
      met: median(rates) >= 200_000,
      details: `node -e 0 takes ${median(nothing).toFixed(0)} ms`,
    },
  ];
}

/**
 * Claude Code in a home of its own, since it writes there, and with a proxy that nobody is behind, so that it cannot reach
 * anybody. How it ends does not matter: it may well say that nobody is logged in.
 */
async function besideClaude(
  scratch: string,
  rounds: number,
  claude: string,
  setting: Setting,
): Promise<readonly Pair[]> {
  const proxy = `http://127.0.0.1:${await closedPort()}`;
  const own = layFullHome(path.join(scratch, 'claude'), SEARCH.join(path.delimiter), Date.now());
  const closed = {
    HTTPS_PROXY: proxy,
    HTTP_PROXY: proxy,
    https_proxy: proxy,
    http_proxy: proxy,
    NO_PROXY: '',
  };
  const theirs: Setting = { folder: own.project, variables: { ...own.variables, ...closed } };
  return inTurn(
    rounds,
    () => costOf(['node', ...STATUS], setting, { runs: IN_A_ROW }).cpu,
    () => costOf([path.resolve(claude), 'auth', 'status'], theirs, { exitCode: null }).cpu,
  );
}

/** A loopback port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function onPath(program: string): string | null {
  return SEARCH.map((folder) => path.join(folder, program)).find((file) => existsSync(file)) ?? null;
}

function ratio(what: string, pairs: readonly Pair[], limit: number, unit: string): Row {
  const figure = medianRatio(pairs);
  const one = median(pairs.map((pair) => pair.one)).toFixed(0);
  const other = median(pairs.map((pair) => pair.other)).toFixed(0);
  return {
    what,
    figure: figure.toFixed(2),
    limit: `≤ ${limit}`,
    met: figure <= limit,
    details: `${one} ${unit} / ${other} ${unit}`,
  };
}

function missing(what: string, limit: number, why: string): Row {
  return { what, figure: '–', limit: `≤ ${limit}`, met: null, details: why };
}

function print(rows: readonly Row[], rounds: number): void {
  const cells = [
    ['figure', 'median', 'limit', 'met', ''],
    ...rows.map(({ what, figure, limit, met, details }) => [
      what,
      figure,
      limit,
      met === null ? '–' : met ? 'yes' : 'NO',
      details,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  for (const row of cells) {
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
  const load = loadavg()[0] ?? 0;
  console.log(
    `\nMedians of ${rounds}; load ${load.toFixed(1)} on ${availableParallelism()} cores` +
      (load > availableParallelism() ? ', so that wall times say little.' : '.'),
  );
}
