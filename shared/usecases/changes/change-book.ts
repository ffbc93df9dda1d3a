import type { Bytes } from '../../core/remedies/text-edit.ts';
import type { ChangePorts } from './change-ports.ts';
import { isChangeId, parseRecord, recordText, type ChangeRecord } from './change-record.ts';
import type { StepContent } from './recorded-step.ts';
import type { SealKey } from './seal-key.ts';

type BookPorts = Pick<ChangePorts, 'changes' | 'seal'>;

const recordName = (id: string): string => `${id}.json`;
const contentName = (id: string, step: number, side: keyof StepContent): string =>
  `${id}.${String(step)}.${side}`;
/** A content that is kept as it is, where there is no keychain, and one that is sealed. */
const PLAIN = 'p';
const SEALED = 's';

/** All changes that are remembered, newest first. */
export function readRecords({ changes }: Pick<BookPorts, 'changes'>): readonly ChangeRecord[] {
  return changes
    .names()
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const record = parseRecord(changes.read(name));
      // One that stands under another name would be settled under its own, and never be seen as settled.
      return record !== null && recordName(record.id) === name ? [record] : [];
    })
    .sort((one, other) => other.at - one.at || other.id.localeCompare(one.id));
}

export function readRecord({ changes }: Pick<BookPorts, 'changes'>, id: string): ChangeRecord | null {
  const record = isChangeId(id) ? parseRecord(changes.read(recordName(id))) : null;
  return record?.id === id ? record : null;
}

/** Once this has said `true` the record stays, also after a power cut. */
export function writeRecord({ changes }: Pick<BookPorts, 'changes'>, record: ChangeRecord): boolean {
  return changes.write(recordName(record.id), recordText(record));
}

/** Keeps what a step replaces and what it puts there; `false`: it could not be kept, so the step must not be done. */
export function keepContent(
  { changes, seal }: BookPorts,
  id: string,
  step: number,
  content: StepContent,
  key: Bytes | null,
): boolean {
  return (['before', 'after'] as const).every((side) => {
    const bytes = content[side];
    if (bytes === null) return true;
    const name = contentName(id, step, side);
    const kept = key === null ? PLAIN + bytes : SEALED + seal.seal(key, bytes, name);
    return changes.write(name, kept);
  });
}

export type KeptContent =
  | { readonly state: 'kept'; readonly content: StepContent }
  /** The key is not at hand: the keychain is locked, say. */
  | { readonly state: 'sealed' }
  | { readonly state: 'damaged' };

export function readContent(
  { changes, seal }: BookPorts,
  id: string,
  step: number,
  key: SealKey,
): KeptContent {
  const content: { before: Bytes | null; after: Bytes | null } = { before: null, after: null };
  for (const side of ['before', 'after'] as const) {
    const name = contentName(id, step, side);
    const kept = changes.read(name);
    if (kept === null) continue;
    if (kept.startsWith(PLAIN)) {
      content[side] = kept.slice(1);
      continue;
    }
    if (key.state !== 'key') return { state: 'sealed' };
    const opened = kept.startsWith(SEALED) ? seal.open(key.key, kept.slice(1), name) : null;
    if (opened === null) return { state: 'damaged' };
    content[side] = opened;
  }
  return { state: 'kept', content };
}

/**
 * What nothing can be undone with, by name: a run kept it that was killed before it wrote down what for, when nothing was changed
 * yet, or after everything was as before again.
 */
export function unneededContents({ changes }: Pick<BookPorts, 'changes'>): readonly string[] {
  const names = changes.names();
  const settled = readRecords({ changes }).filter(
    ({ state }) => state === 'undone' || state === 'taken-back',
  );
  return names.filter((name) => {
    const [, id] = /^([0-9a-f]{1,16})\.\d+\.(?:before|after)$/.exec(name) ?? [];
    if (id === undefined) return false;
    // By its name: a record that cannot be read may be one of a newer version.
    return !names.includes(recordName(id)) || settled.some((record) => record.id === id);
  });
}

/** Removes what a change wanted to put into files: going back needs only what was there. */
export function forgetNewFiles({ changes }: Pick<BookPorts, 'changes'>, { id, steps }: ChangeRecord): void {
  for (const [step, { kind }] of steps.entries())
    if (kind === 'file') changes.remove(contentName(id, step, 'after'));
}

/** Removes what a change replaced; the record stays. `false`: something of it is left. */
export function forgetContent({ changes }: Pick<BookPorts, 'changes'>, record: ChangeRecord): boolean {
  const sides = ['before', 'after'] as const;
  return record.steps
    .flatMap((_, step) => sides.map((side) => changes.remove(contentName(record.id, step, side))))
    .every(Boolean);
}

export function forgetRecord(ports: Pick<BookPorts, 'changes'>, record: ChangeRecord): boolean {
  return forgetContent(ports, record) && ports.changes.remove(recordName(record.id));
}
