import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClearHome } from '../support/clear-home.ts';
import { homeTree, treeChanges } from '../support/home-tree.ts';
import { onLinux } from '../support/on-system.ts';
import { exporting, newTerminals, without } from '../support/real-shells.ts';
import { clearLab, said, stillSetAt, type Said } from './clear-lab.ts';
import { FILE_WORLDS, SHELL_WORLDS, type ClearWorld } from './clear-worlds.ts';

const lab = clearLab('clear');

function lay({ files, exports = {}, prepare }: Pick<ClearWorld, 'files' | 'exports' | 'prepare'>): ClearHome {
  const names = Object.keys(files);
  const isFish = prepare !== undefined || names.some((name) => name.includes('fish'));
  const isBash = names.some((name) => /bash|profile$/.test(name) && !name.includes('zprofile'));
  const shell = `/usr/bin/${isFish ? 'fish' : isBash && !names.includes('~/.zshrc') ? 'bash' : 'zsh'}`;
  const laid = lab.lay(files, { exports, shell });
  prepare?.(laid.home);
  return laid;
}

interface SaidStep {
  readonly kind: string;
  readonly path: string;
  readonly action: string;
  readonly store: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly lines: readonly { readonly line: number }[];
}

function stepText({ kind, path: file, action, store, name, from, to, lines }: SaidStep): string {
  switch (kind) {
    case 'file':
      return `${action} ${file}:${lines.map(({ line }) => line).join(',')}`;
    case 'mode':
      return `${from.toString(8)} to ${to.toString(8)} ${file}`;
    case 'variable':
      return `unset ${store} ${name}`;
    default:
      return `${kind} ${name}`;
  }
}

const stepsIn = (answer: Said, { short }: ClearHome): readonly string[] =>
  (answer['steps'] as readonly SaidStep[]).map((step) => short(stepText(step))).sort();

const leftIn = (answer: Said, { short }: ClearHome): readonly string[] =>
  (answer['left'] as readonly { readonly why: string; readonly path: string; readonly line: number }[])
    .map(({ why, path: file, line }) => short(`${why} ${file}:${String(line)}`))
    .sort();

interface SaidMode {
  readonly mode: string;
  readonly outcome: string;
  readonly pays: string | null;
  readonly sends: Readonly<Record<string, { readonly source: string } | null>> | null;
  readonly after: { readonly yes: SaidMode } | null;
}

/** What each mode does in the end, with a yes to whatever is asked. */
function answersIn(modes: unknown): readonly string[] {
  return (modes as readonly SaidMode[]).map((mode) => {
    let last = mode;
    while (last.after !== null) last = last.after.yes;
    const sources = Object.values(last.sends ?? {}).map((slot) => slot?.source ?? 'nothing');
    return [mode.mode, last.outcome, ...sources, last.pays ?? 'nobody'].join(' ');
  });
}

async function wins(home: ClearHome): Promise<readonly (string | null)[]> {
  const status = said(await home.ask('status', '--mode', 'print', '--json'), 'status', 0);
  const sends = status['sends'] as Readonly<Record<string, { readonly source: string } | null>> | null;
  return [sends?.['authorization']?.source ?? null, sends?.['xApiKey']?.source ?? null].filter(
    (one) => one !== null,
  );
}

const rows = (worlds: readonly ClearWorld[]): readonly (readonly [string, ClearWorld])[] =>
  worlds.map((world) => [world.name, world] as const);

describe.runIf(onLinux)('Clearing on real files, judged by real shells', () => {
  test.each([...rows(SHELL_WORLDS), ...rows(FILE_WORLDS)])('%s', async (_, world) => {
    const home = lay(world);
    const terminals = newTerminals(home.home);
    for (const name of world.names) expect(exporting(terminals, name)).not.toEqual([]);
    const tree = home.tree();

    const plan = said(await home.ask('clear', ...world.words, '--json'), 'clear', 4);
    expect(plan['applied']).toBe(false);
    expect(stepsIn(plan, home)).toEqual([...world.steps].sort());
    expect(leftIn(plan, home)).toEqual([...(world.left ?? [])].sort());
    expect(home.tree()).toEqual(tree);

    const applied = said(await home.ask('clear', ...world.words, '--apply', '--json'), 'clear', 0);
    expect(applied).toMatchObject({ schemaVersion: 1, applied: true, planId: plan['planId'] });
    expect(stepsIn(applied, home)).toEqual([...world.steps].sort());
    expect(
      stillSetAt(applied, home)
        .map(({ where, name }) => `${where} ${name}`)
        .sort(),
    ).toEqual([...(world.still ?? [])].sort());

    // What was foretold is what came, by looking again and asking a clean login shell.
    expect(answersIn(applied['now'])).toEqual(answersIn(plan['then']));

    // The shells themselves: without the names, and else as they were.
    expect(newTerminals(home.home)).toEqual(without(terminals, world.names));
    expect(await wins(home)).toEqual(world.uses === null ? [] : [world.uses]);
    const changed = treeChanges(tree, home.tree()).map((one) => home.short(home.at(`~/${one}`)));
    expect(changed.filter((one) => !isNamed(world, one))).toEqual([]);
    const id = String(applied['changeId']);
    for (const [file, text] of Object.entries(world.then ?? {}))
      expect(home.text(file).replaceAll(id, 'ID'), file).toBe(text);
    expectPrivate(home);

    expect(said(await home.ask('clear', '--undo', id, '--json'), 'clear', 0)).toEqual({
      schemaVersion: 1,
      undone: true,
      changeId: id,
    });
    expect(treeChanges(tree, home.tree()).filter((one) => one !== '.config/fish/fish_variables')).toEqual([]);
    expect(newTerminals(home.home)).toEqual(terminals);
    expect(said(await home.ask('clear', '--undo', id, '--json'), 'error', 4)).toMatchObject({
      error: { code: 'refused', why: 'undone-already' },
    });
    const changes = said(await home.ask('changes', '--json'), 'changes', 0);
    expect(changes).toMatchObject({
      changes: [{ changeId: id, state: 'undone', undoable: false }],
      recovered: [],
    });
  });
});

/** What a world says it changes; folders on the way to a file that is made have other times, not other contents. */
function isNamed({ steps, also = [] }: ClearWorld, changed: string): boolean {
  const places = [
    ...steps.map((step) => step.replace(/^.* /, '').replace(/:[0-9,]*$/, '')),
    ...also.map((one) => `~/${one}`),
  ];
  return places.includes(changed);
}

/** Whatever Credence keeps, nobody else may enter or read. */
function expectPrivate({ home }: ClearHome): void {
  const own = homeTree(path.join(home, '.config/credence'));
  const open = Object.entries(own).filter(([, what]) => !/^(?:folder 0700|file 0600 \w+)$/.test(what));
  expect(open).toEqual([]);
}
