import { assertNever } from '../core/assert-never.ts';
import {
  LAYER_IDS,
  type Facts,
  type HelperSetting,
  type Layer,
  type LayerId,
  type LoginFacts,
} from '../core/facts.ts';
import type { Origin, SettingsScope } from '../core/origin.ts';
import type { Reading } from '../core/reading.ts';
import type { Entry } from '../core/settings/entry.ts';
import { HELPER_SETTING } from '../core/sources/api-key-helper.ts';
import { CONSOLE_KEY } from '../core/sources/console-key.ts';
import { SOURCES, WATCHED, type WatchedVariable } from '../core/sources/index.ts';
import { BASE_URL } from '../core/sources/steering.ts';
import { SOURCE_IDS, type SourceId } from '../core/source-id.ts';

/** Where a what-if puts something: the shell, or one of the settings files a person writes. */
export const WHAT_IF_PLACES = ['shell', 'user', 'project', 'local'] as const;
export type WhatIfPlace = (typeof WHAT_IF_PLACES)[number];

export interface WhatIfChange {
  readonly kind: 'without' | 'with';
  /** A variable, a source, or `apiKeyHelper`. */
  readonly target: string;
  /** `without`: `null` means everywhere. `with`: `null` means the shell, or a store's usual place. */
  readonly place: WhatIfPlace | null;
}

export type WhatIf =
  | { readonly ok: true; readonly facts: Facts }
  /** The name is neither a variable that is watched nor a source; or that source cannot be added like this. */
  | {
      readonly ok: false;
      readonly problem: 'unknown-name' | 'not-addable' | 'not-there';
      readonly target: string;
    };

/** The facts as they would be after some changes; nothing is changed. Pure. */
export function whatIf(facts: Facts, changes: readonly WhatIfChange[]): WhatIf {
  let changed = facts;
  for (const change of changes) {
    const next = change.kind === 'without' ? without(changed, change) : withAdded(changed, change);
    if (typeof next === 'string') return { ok: false, problem: next, target: change.target };
    changed = next;
  }
  return { ok: true, facts: changed };
}

type Problem = Extract<WhatIf, { ok: false }>['problem'];

const LAYERS: Readonly<Record<WhatIfPlace, readonly LayerId[]>> = {
  shell: ['base'],
  user: ['user'],
  project: ['project'],
  local: ['local-folder', 'local-root'],
};

function sourceNamed(target: string): SourceId | null {
  if (target === HELPER_SETTING) return 'api-key-helper';
  if (target === CONSOLE_KEY) return 'console-key';
  return SOURCE_IDS.find((id) => id === target) ?? null;
}

function without(facts: Facts, { target, place }: WhatIfChange): Facts | Problem {
  const counts = (layer: LayerId): boolean => place === null || LAYERS[place].includes(layer);
  if (WATCHED.has(target)) return withoutNames(facts, [target], counts);
  const source = sourceNamed(target);
  if (source === null) return 'unknown-name';
  const names = SOURCES[source].variables.filter(({ role }) => role !== 'support').map(({ name }) => name);
  return withoutStores(withoutNames(facts, names, counts), source, counts, place);
}

function withoutNames(facts: Facts, names: readonly string[], counts: (layer: LayerId) => boolean): Facts {
  const layers = facts.layers.map((layer): Layer => {
    if (!counts(layer.id)) return layer;
    const entries = Object.fromEntries(
      Object.entries(layer.entries).filter(([name]) => !names.includes(name)),
    );
    return { id: layer.id, entries };
  });
  const federation = names.some((name) => WATCHED.get(name)?.source === 'federation')
    ? null
    : facts.profiles.federation;
  return { ...facts, layers, profiles: { ...facts.profiles, federation } };
}

/** What a source keeps outside the environment. */
function withoutStores(
  facts: Facts,
  source: SourceId,
  counts: (layer: LayerId) => boolean,
  place: WhatIfPlace | null,
): Facts {
  switch (source) {
    case 'api-key-helper':
      return { ...facts, helpers: facts.helpers.filter(({ layer }) => !counts(layer)) };
    case 'claude-login':
      return place === null ? { ...facts, store: { ...facts.store, state: 'absent', login: null } } : facts;
    case 'console-key':
      return place === null ? { ...facts, consoleKey: null } : facts;
    case 'profile':
      return place === null
        ? { ...facts, profiles: { ...facts.profiles, selected: null, readings: [] } }
        : facts;
    case 'federation':
      return { ...facts, profiles: { ...facts.profiles, federation: null } };
    case 'gateway-session':
      return { ...facts, store: { ...facts.store, otherKeys: [] } };
    case 'base-url-login':
      return {
        ...facts,
        layers: facts.layers.map((layer) => (counts(layer.id) ? withoutLogin(layer) : layer)),
      };
    case 'cloud-provider':
    case 'custom-headers':
    case 'auth-token':
    case 'api-key':
    case 'oauth-token':
      return facts;
    default:
      return assertNever(source);
  }
}

/** The base URL stays, without the user and password in it. */
function withoutLogin({ id, entries }: Layer): Layer {
  const entry = entries[BASE_URL];
  if (entry?.address === undefined) return { id, entries };
  return {
    id,
    entries: { ...entries, [BASE_URL]: { ...entry, address: { ...entry.address, login: null } } },
  };
}

function withAdded(facts: Facts, { target, place }: WhatIfChange): Facts | Problem {
  const variable = WATCHED.get(target);
  if (variable !== undefined) return withVariable(facts, variable, place ?? 'shell');
  switch (sourceNamed(target)) {
    case 'api-key-helper':
      return withHelper(facts, place ?? 'user');
    case 'claude-login':
      return { ...facts, store: { ...facts.store, state: 'read', login: madeUpLogin(facts) } };
    case 'console-key':
      return {
        ...facts,
        consoleKey: supposed('console-key', { kind: 'claude-json', path: facts.claudeJson.path }),
      };
    case null:
      return 'unknown-name';
    case 'gateway-session':
    case 'cloud-provider':
    case 'custom-headers':
    case 'auth-token':
    case 'api-key':
    case 'oauth-token':
    case 'profile':
    case 'federation':
    case 'base-url-login':
      return 'not-addable';
  }
}

function withVariable(facts: Facts, variable: WatchedVariable, place: WhatIfPlace): Facts | Problem {
  if (variable.kind === 'path' || variable.kind === 'headers') return 'not-addable';
  const id = layerFor(facts, place);
  const entry: Entry = {
    name: variable.name,
    origin: originAt(facts, place, variable.name),
    state: 'value',
    fingerprint: null,
    on: variable.kind === 'switch',
    text: variable.kind === 'url' ? SUPPOSED_URL : null,
    approval: variable.source === 'api-key' ? 'unanswered' : null,
    headers: null,
    endsAt: null,
  };
  return { ...facts, layers: withEntry(facts.layers, id, entry) };
}

/** Any host that is not Anthropic's will do. */
const SUPPOSED_URL = 'https://supposed.invalid';

/** New layers take their place in the order of overwriting. */
function withEntry(layers: readonly Layer[], id: LayerId, entry: Entry): readonly Layer[] {
  const present = layers.some((layer) => layer.id === id) ? layers : [...layers, { id, entries: {} }];
  return [...present]
    .sort((one, other) => LAYER_IDS.indexOf(one.id) - LAYER_IDS.indexOf(other.id))
    .map((layer) => (layer.id === id ? { id, entries: { ...layer.entries, [entry.name]: entry } } : layer));
}

/** In a sub-folder of a repository a person edits the root's local file, which wins. */
function layerFor(facts: Facts, place: WhatIfPlace): LayerId {
  const { repositoryRoot, folder } = facts.place;
  switch (place) {
    case 'shell':
      return 'base';
    case 'user':
    case 'project':
      return place;
    case 'local':
      return repositoryRoot !== null && repositoryRoot !== folder ? 'local-root' : 'local-folder';
  }
}

function originAt(facts: Facts, place: WhatIfPlace, name: string): Origin {
  if (place === 'shell') return { kind: 'process', name };
  const scope: SettingsScope = place;
  const path = facts.settingsFiles.findLast((file) => file.scope === scope)?.path;
  return { kind: 'settings', scope, ...(path == null ? {} : { path }), name };
}

function withHelper(facts: Facts, place: WhatIfPlace): Facts | Problem {
  if (place === 'shell') return 'not-addable';
  const layer = layerFor(facts, place);
  const helper: HelperSetting = {
    layer,
    origin: originAt(facts, place, HELPER_SETTING),
    blank: false,
    fingerprint: null,
    program: null,
    organisation: null,
    run: null,
  };
  const helpers = [...facts.helpers.filter((known) => known.layer !== layer), helper];
  return {
    ...facts,
    helpers: helpers.sort((one, other) => LAYER_IDS.indexOf(one.layer) - LAYER_IDS.indexOf(other.layer)),
  };
}

function madeUpLogin(facts: Facts): LoginFacts {
  const { kind, path } = facts.store;
  return {
    reading: supposed('claude-login', { kind, ...(path === null ? {} : { path }) }),
    refresh: 'present',
    accessEndsAt: null,
    loginEndsAt: null,
    plan: null,
    tier: null,
    trouble: null,
  };
}

function supposed(source: SourceId, origin: Origin): Reading {
  return { source, origin, fingerprint: null, flaw: null };
}
