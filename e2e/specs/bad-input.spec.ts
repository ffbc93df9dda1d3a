import { chmodSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askCommand } from '../conformance/ask-command.ts';
import { findWithManaged, type WithManaged } from '../conformance/managed-folder.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { onLinux } from '../support/on-system.ts';
import { layTellingWorld, removeTree } from './lay-telling-world.ts';
import { hasConflict, readingsAt, rung, soundAnswer, type StatusAnswer } from './status-answer.ts';
import { TELLING_WORLDS, type TellingFile, type TellingWorld } from './telling-files.ts';
import { TROUBLES, type Trouble } from './troubles.ts';

/** Milliseconds: against hanging. How long an answer may take is the bench's business. */
const PATIENCE = 10_000;
/** Each world is asked so often per trouble: what is in trouble in one run is well in the others. */
const GROUPS = 3;
const AT_ONCE = 4;

let base = '';
let credence: BuiltCommand;
let withManaged: WithManaged | null = null;
let count = 0;

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-bad-')));
  chmodSync(base, 0o755);
  for (const folder of ['bin', 'rehearsal']) mkdirSync(path.join(base, folder));
  credence = builtCommand(path.join(base, 'bin'));
  withManaged = onLinux ? findWithManaged(path.join(base, 'rehearsal')) : null;
});

afterAll(() => {
  removeTree(base);
});

interface Asked {
  readonly root: string;
  readonly answer: StatusAnswer;
}

async function ask(
  world: TellingWorld,
  troubled: readonly TellingFile[],
  trouble: Trouble | null,
): Promise<Asked> {
  const root = path.join(base, `world-${String(count++)}`);
  mkdirSync(root);
  layTellingWorld(root, world, troubled, trouble);
  const what = `${world.name}; ${trouble?.name ?? 'no trouble'}: ${troubled.map(({ id }) => id).join(', ')}`;
  const variables = {
    HOME: path.join(root, 'home'),
    SHELL: '/bin/bash',
    PATH: `${path.join(root, 'bin')}:${credence.searchPath}`,
    ...world.variables,
  };
  const args = [
    'status',
    '--json',
    '--mode',
    'print',
    ...world.args.map((arg) => arg.replace('$ROOT', root)),
  ];
  const folder = path.join(root, 'home/app/sub');
  const started = performance.now();
  const answer = soundAnswer(await run(world, root, args, folder, variables), what);
  expect(performance.now() - started, what).toBeLessThan(PATIENCE);
  removeTree(root);
  return { root, answer };
}

function run(
  { needsManaged }: TellingWorld,
  root: string,
  args: readonly string[],
  folder: string,
  variables: Readonly<Record<string, string>>,
): ReturnType<typeof askCommand> {
  if (needsManaged !== true || withManaged === null)
    return credence.ask(args, { folder, variables, asNobody: true });
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'];
  const command = [...(process.geteuid?.() === 0 ? asNobody : []), 'node', credence.file, ...args];
  mkdirSync(`${root}-etc`);
  return askCommand(withManaged(command, path.join(root, 'managed'), `${root}-etc`), folder, variables);
}

const worldsHere = (): readonly TellingWorld[] =>
  TELLING_WORLDS.filter(({ needsManaged }) => needsManaged !== true || withManaged !== null);

describe.runIf(onLinux)('Files in trouble', () => {
  test('Without trouble every file tells what it holds.', async () => {
    for (const world of worldsHere()) {
      const { root, answer } = await ask(world, [], null);
      const silent = world.files.filter((file) => !file.tells(answer, placeOf(root, file)));
      expect(
        silent.map(({ id }) => id),
        world.name,
      ).toEqual([]);
    }
  });

  test.each(TROUBLES)('A file that is: $name', async (trouble) => {
    const runs = worldsHere().flatMap((world) => {
      const affected = world.files.filter((file) => trouble.for?.(file) ?? true);
      const groups = Math.min(GROUPS, affected.length);
      return Array.from({ length: groups }, (_, at) => ({
        world,
        troubled: affected.filter((__, index) => index % groups === at),
      }));
    });
    const problems = await inTurns(runs, async ({ world, troubled }) => judge(world, troubled, trouble));
    expect(problems.flat()).toEqual([]);
  });

  test('Locked, malformed, of the wrong kind and absent are four different answers.', async () => {
    const [world] = TELLING_WORLDS;
    const store = world?.files.find(({ id }) => id === 'credentials');
    if (world === undefined || store === undefined) throw new Error('no such world');
    const states: string[] = [];
    for (const name of ['not to be read by this user', 'a folder', 'cut off in the middle', 'not there']) {
      const trouble = TROUBLES.find((one) => one.name === name) ?? null;
      const { answer } = await ask(world, [store], trouble);
      const { state, reason } = rung(answer, 'claude-login');
      states.push(`${state} ${reason.code}`);
    }
    expect(states).toEqual([
      'unreadable denied',
      'unreadable not-a-file',
      'broken malformed',
      'absent not-set',
    ]);
  });

  test('A folder that may not be entered loses what is in it and nothing else, and that is told.', async () => {
    const [world] = TELLING_WORLDS;
    const user = world?.files.find(({ id }) => id === 'user');
    if (world === undefined || user === undefined) throw new Error('no such world');
    const { root, answer } = await ask(world, [user], {
      name: 'in a locked folder',
      make: (place) => {
        chmodSync(path.dirname(place), 0);
      },
    });
    expect(hasConflict(answer, 'settings-file-dropped')).toBe(true);
    expect(rung(answer, 'claude-login').state).toBe('unreadable');
    expect(readingsAt(answer, path.join(root, 'home/.zshrc'))).toHaveLength(1);
  });
});

async function judge(
  world: TellingWorld,
  troubled: readonly TellingFile[],
  trouble: Trouble,
): Promise<readonly string[]> {
  const { root, answer } = await ask(world, troubled, trouble);
  const ids = troubled.map(({ id }) => id);
  const well = world.files.filter(
    ({ id, needs = [] }) => !ids.includes(id) && !needs.some((other) => ids.includes(other)),
  );
  const still = troubled.filter(
    (file) =>
      trouble.stillTells?.(file) === true &&
      (file.needs ?? []).every(
        (other) => !ids.includes(other) || trouble.stillTells?.(fileOf(world, other)) === true,
      ),
  );
  const lost = [...well, ...still].filter((file) => !file.tells(answer, placeOf(root, file)));
  const silent = troubled.filter((file) => {
    const isNothing = file.asNothing?.includes(trouble.name) === true;
    const told = isNothing
      ? 'absent'
      : typeof trouble.told === 'function'
        ? trouble.told(file)
        : (trouble.told ?? null);
    const overshadowed = (file.needs ?? []).some((other) => ids.includes(other));
    const says = told === null || overshadowed ? undefined : file.says?.[told];
    return says !== undefined && !says(answer, placeOf(root, file));
  });
  return [
    ...lost.map(({ id }) => `${id}: what it says is lost (in trouble: ${ids.join(', ')})`),
    ...silent.map(({ id }) => `${id}: its trouble is not told (${trouble.name})`),
  ];
}

const placeOf = (root: string, file: TellingFile): string =>
  file.path.startsWith('managed/')
    ? path.join('/etc/claude-code', file.path.slice('managed/'.length))
    : path.join(root, file.path);

function fileOf(world: TellingWorld, id: string): TellingFile {
  const file = world.files.find((one) => one.id === id);
  if (file === undefined) throw new Error(`no file ${id}`);
  return file;
}

/** Some at once, so that all cores are used and no more memory than needed. */
async function inTurns<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await act(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
