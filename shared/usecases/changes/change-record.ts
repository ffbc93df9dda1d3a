import { VARIABLE_STORES, type VariableStoreId } from '../../core/remedies/variable-store-id.ts';
import { PLACE_KINDS, type Goal, type PlaceKind } from '../../core/remedies/plan.ts';
import type { RecordedStep } from './recorded-step.ts';

/**
 * `intended`: written down before the first file is touched; found later, the change was interrupted and is taken back.
 * `applied`: done. `undoing`: as `intended`, on the way back. `undone`, `taken-back`: everything is as it was.
 */
export const CHANGE_STATES = ['intended', 'applied', 'undoing', 'undone', 'taken-back'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** One change as it is remembered. No content in it: that lies beside it, sealed where there is a keychain. */
export interface ChangeRecord {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: ChangeState;
  readonly goal: Pick<Goal, 'kind'> & { readonly names: readonly string[] };
  readonly steps: readonly RecordedStep[];
  /** Whether what it replaced can only be read with the key in the keychain. */
  readonly sealed: boolean;
  /** Whether what it replaced is still kept. */
  readonly kept: boolean;
}

const SCHEMA_VERSION = 1;
/** A mapped type: forgetting one does not compile. */
const GOAL_KINDS: Readonly<Record<Goal['kind'], true>> = {
  clear: true,
  use: true,
  cancel: true,
  'to-keychain': true,
  'forget-answer': true,
  'use-provider': true,
  'narrow-mode': true,
};

/** ASCII, as the store keeps bytes. */
export function recordText(record: ChangeRecord): string {
  return JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...record }).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `null`: not a record, or one of a newer version, which is left alone. */
export function parseRecord(text: string | null): ChangeRecord | null {
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || value['schemaVersion'] !== SCHEMA_VERSION) return null;
  const { id, at, state, goal, steps, sealed, kept } = value;
  if (!isChangeId(id) || !isTime(at) || !isState(state) || !Array.isArray(steps)) return null;
  if (!isObject(goal) || !isGoal(goal['kind']) || !Array.isArray(goal['names'])) return null;
  const parsed = steps.map(parseStep);
  if (parsed.some((step) => step === null)) return null;
  return {
    id,
    at,
    state,
    goal: {
      kind: goal['kind'],
      names: goal['names'].filter((name) => typeof name === 'string'),
    },
    steps: parsed.filter((step) => step !== null),
    sealed: sealed === true,
    kept: kept === true,
  };
}

function parseStep(value: unknown): RecordedStep | null {
  if (!isObject(value)) return null;
  const { kind, path, name, place } = value;
  const { before, after, digest, locked, store, type } = value;
  switch (kind) {
    case 'file':
      return typeof path === 'string' && isPlace(place) && isTextOrNull(before) && typeof after === 'string'
        ? { kind, path, place, before, after, locked: locked === true }
        : null;
    case 'mode':
      return typeof path === 'string' && typeof digest === 'string' && isMode(before) && isMode(after)
        ? { kind, path, digest, before, after }
        : null;
    case 'variable':
      return typeof name === 'string' && typeof type === 'string' && isStore(store)
        ? { kind, store, name, type }
        : null;
    case 'key':
      return typeof name === 'string' ? { kind, name, inClear: value['inClear'] === true } : null;
    default:
      return null;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';
/** What files are named after, so it is nothing else. */
export const isChangeId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{1,16}$/.test(value);
/** The last moment that a calendar has: milliseconds since 1970. */
const LAST_MOMENT = 8.64e15;
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) <= LAST_MOMENT;
const isMode = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0o7777;
const isGoal = (value: unknown): value is Goal['kind'] =>
  typeof value === 'string' && Object.hasOwn(GOAL_KINDS, value);
const isPlace = (value: unknown): value is PlaceKind => PLACE_KINDS.some((place) => place === value);
const isState = (value: unknown): value is ChangeState => CHANGE_STATES.some((state) => state === value);
const isStore = (value: unknown): value is VariableStoreId =>
  VARIABLE_STORES.some((store) => store === value);
