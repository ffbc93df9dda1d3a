import type { Facts } from '../../../core/facts.ts';
import type { Fingerprint } from '../../../core/secret.ts';
import type { KeyStep, LeftPlace, ModeStep, Step, VariableStep } from '../../../core/remedies/plan.ts';
import type { Bytes, EditHow, EditResult } from '../../../core/remedies/text-edit.ts';
import { HELPER_SETTING } from '../../../core/sources/api-key-helper.ts';
import { pathStyle } from '../../../core/known-folders.ts';
import { parentFolder } from '../../../core/paths.ts';
import { changeablePlaces, type ChangeablePlace } from '../changeable-places.ts';
import type { ChangePorts } from '../change-ports.ts';
import { edited, fileStep, startDraft, type DraftStep, type FileDraft } from '../file-draft.ts';
import type { PlaceEditors, SettingsMembers } from '../place-editors.ts';
import type { PlanRequest } from '../plan-request.ts';
import { helperCommand } from './helper-command.ts';

/** A plan on its way. */
export interface Making {
  readonly ports: ChangePorts;
  readonly editors: PlaceEditors;
  readonly facts: Facts;
  readonly request: PlanRequest;
  readonly changeId: string;
  readonly places: readonly ChangeablePlace[];
  /** By real path: two names of one file are one file. */
  readonly files: Map<string, FileDraft>;
  readonly left: LeftPlace[];
  readonly keys: DraftStep<KeyStep>[];
  readonly others: DraftStep<ModeStep | VariableStep>[];
  /** The keys about which nothing is remembered any more. */
  readonly forgotten: Fingerprint[];
}

export function startMaking(
  ports: ChangePorts,
  editors: PlaceEditors,
  facts: Facts,
  request: PlanRequest,
): Making {
  return {
    ports,
    editors,
    facts,
    request,
    changeId: ports.changes.newId(),
    places: changeablePlaces(ports, facts),
    files: new Map(),
    left: [],
    keys: [],
    others: [],
    forgotten: [],
  };
}

/** Edits every file that sets one of the names, and notes those that are left. */
export async function editEverywhere(making: Making, names: readonly string[], how: EditHow): Promise<void> {
  for (const place of making.places) await editPlace(making, place, names, how);
}

/** The values that the files give a name, those that win last; nothing comes of it. */
export async function literalsOf(making: Making, name: string, how: EditHow): Promise<readonly Bytes[]> {
  const aside: Making = { ...making, files: new Map(), left: [] };
  await editEverywhere(aside, [name], how);
  return [...aside.files.values()].flatMap(({ secrets }) => secrets);
}

/** Edits one file, or notes why it is left. */
async function editPlace(
  making: Making,
  place: ChangeablePlace,
  names: readonly string[],
  how: EditHow,
): Promise<void> {
  const { ports, editors, files, left, changeId } = making;
  if (!mayMention(making, place, names)) return;
  const look = await ports.writer.look(place.path);
  const note = (name: string, line: number | null, why: LeftPlace['why']): void => {
    left.push({ path: place.path, place: place.kind, name, line, why });
  };
  if (look.state === 'absent') return;
  const bytes = look.state === 'file' ? look.bytes : rawBytes(making, place.path);
  if (bytes === null) return;
  const draft = look.state === 'file' ? files.get(look.realPath) : undefined;
  // Two names of one file are one file; its first name found is told.
  if (draft !== undefined && draft.place.path !== place.path) return;
  const edit = (of: readonly string[]): EditResult =>
    editors.edit[place.kind](draft?.after ?? bytes, { names: of, how, marker: changeId });
  const every = edit(names);
  const setting = names.filter((name) => !isOnlyEmptied(every, name));
  const result = setting.length === names.length ? every : edit(setting);
  const why =
    place.scope === 'managed'
      ? 'administrators'
      : place.scope === 'flag'
        ? 'command-line'
        : notChosen(making, place);
  if (why !== null || look.state === 'refused') {
    // What would be done is only told.
    for (const { name, line } of [...result.done, ...result.left])
      note(name, line, why ?? (look.state === 'refused' ? look.why : 'not-possible'));
    return;
  }
  files.set(look.realPath, edited(draft ?? startDraft(place, look), result, null, ports.fingerprints.of));
}

/**
 * An empty value sets no credential, and may be what keeps another one from counting: a user’s settings cancel a shell’s export
 * with it. It stays.
 */
function isOnlyEmptied({ done, left }: EditResult, name: string): boolean {
  const values = done.filter((line) => line.name === name);
  return (
    values.length > 0 && values.every(({ value }) => value === '') && !left.some((line) => line.name === name)
  );
}

function notChosen({ request }: Making, place: ChangeablePlace): LeftPlace['why'] | null {
  return place.onlyIfChosen && !request.chosen.includes(place.path) ? 'not-chosen' : null;
}

/** Longer files were written by no person and no shell. */
const MOST_BYTES = 16 * 1024 * 1024;

function rawBytes({ ports }: Making, path: string): Bytes | null {
  const reading = ports.files.read(path, MOST_BYTES, 'latin1');
  return reading.state === 'read' ? reading.text : null;
}

/** Most files name nothing of this: they are not even looked at for writing. JSON may write a name in other characters. */
function mayMention(making: Making, { kind, path }: ChangeablePlace, names: readonly string[]): boolean {
  const bytes = rawBytes(making, path);
  if (bytes === null) return false;
  const isJson = kind === 'settings' || kind === 'claude-json' || kind === 'vscode';
  return names.some((name) => bytes.includes(name)) || (isJson && bytes.includes('\\u'));
}

/** Gives members of a settings file a text; `false`: it is left, with the reason in the plan. */
export async function setMembers(
  making: Making,
  place: ChangeablePlace,
  members: SettingsMembers,
  action: 'set-empty' | 'helper-set',
): Promise<boolean> {
  const { ports, editors, files, left } = making;
  const look = await ports.writer.look(place.path);
  const why = look.state === 'refused' ? look.why : hasFolder(making, place.path) ? null : 'no-folder';
  if (look.state === 'refused' || why !== null) {
    for (const name of [
      ...Object.keys(members.env ?? {}),
      ...(members.apiKeyHelper === undefined ? [] : [HELPER_SETTING]),
    ])
      left.push({ path: place.path, place: place.kind, name, line: null, why: why ?? 'failed' });
    return false;
  }
  const key = look.state === 'file' ? look.realPath : place.path;
  const draft = files.get(key) ?? startDraft(place, look);
  const result = editors.setMembers(draft.before === null ? null : draft.after, members);
  files.set(key, edited(draft, result, action, ports.fingerprints.of));
  return result.left.length === 0;
}

/** No folder is made for a file: where there is none, nobody reads one there. */
function hasFolder({ ports: { files, environment } }: Making, path: string): boolean {
  return files.inspect(parentFolder(path, pathStyle(environment.platform)))?.kind === 'folder';
}

/** Where a person’s own settings are, whether or not the file is there. */
export function userSettings({ places, facts }: Making): ChangeablePlace {
  const known = places.findLast(({ scope }) => scope === 'user');
  const path = known?.path ?? `${facts.place.configFolder}/settings.json`;
  return known ?? { kind: 'settings', path, scope: 'user', onlyIfChosen: false };
}

/**
 * What Credence writes: its own command, as it stands in a shell’s file, and quoted, as it stands in JSON; and the address of a
 * gateway, which is no secret: it has no user and no query in it.
 */
function ownWords({ ports, request: { ownCommand, wish } }: Making): readonly string[] {
  const { platform } = ports.environment;
  const quoted = JSON.stringify(helperCommand(ownCommand, platform)).slice(1, -1);
  if (wish.kind !== 'use-provider') return [quoted, ...ownCommand, 'secret'];
  const { provider, baseUrl } = wish;
  return [quoted, ...ownCommand, `token --provider ${provider}`, ...(baseUrl === null ? [] : [baseUrl])];
}

/** All steps in the order in which they are done: what is pointed at must be there before something points at it. */
export function draftsOf(making: Making): readonly DraftStep<Step>[] {
  const { ports, facts, files, keys, others, changeId } = making;
  const own = [`credence ${changeId}: `, ...ownWords(making)];
  const tracked = new Set(facts.secretFiles.filter((file) => file.tracked).map(({ origin }) => origin.path));
  const edits = [...files.values()].flatMap((draft) => {
    const step = fileStep(
      draft,
      (bytes) => ports.digests.sha256OfBytes(bytes),
      (path) => tracked.has(path),
      own,
    );
    return step === null ? [] : [step];
  });
  return [...keys, ...edits, ...others];
}
