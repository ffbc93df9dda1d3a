import { SURFACE_MODES, SURFACES, type Mode, type Surface } from '../../core/context.ts';
import { isJsonObject, parseStrictJson, type JsonValue } from '../../core/settings/json-value.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../ipc/snapshot.ts';

/** What the app remembers: nothing of it is secret, all of it can be lost without harm. */
export interface Preferences {
  /** Whether the user has let it look: before that nothing is read. */
  readonly looked: boolean;
  /** Absolute; `null`: the home folder. */
  readonly folder: string | null;
  /** Absolute, the last one first. */
  readonly recent: readonly string[];
  readonly mode: Mode;
  readonly surface: Surface;
  readonly notices: Readonly<Record<NoticeKind, boolean>>;
  /** Notices of the app itself that were put away. */
  readonly dismissed: readonly string[];
}

export const FIRST_PREFERENCES: Preferences = {
  looked: false,
  folder: null,
  recent: [],
  mode: 'interactive',
  surface: 'terminal',
  notices: { metered: true, 'winner-changed': false, 'login-ending': true },
  dismissed: [],
};

/** Put away once and for all; what happens anew is told anew. */
const LASTING: readonly string[] = ['no-tray'];

/** How many folders the menu keeps. */
export const MOST_RECENT = 8;

/** Takes what fits of a text that anybody may have written; `null` when nothing was ever kept. */
export function parsePreferences(text: string | null): Preferences | null {
  if (text === null) return null;
  const parsed = parseStrictJson(text);
  const root = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
  const notices = isJsonObject(root['notices']) ? root['notices'] : {};
  const surface = SURFACES.find((known) => known === root['surface']) ?? FIRST_PREFERENCES.surface;
  const modes = SURFACE_MODES[surface];
  return {
    looked: root['looked'] !== false,
    folder: isPath(root['folder']) ? root['folder'] : null,
    recent: textsOf(root['recent']).filter(isPath).slice(0, MOST_RECENT),
    // Of a mode that the surface cannot run there would be no answer.
    mode: modes.find((mode) => mode === root['mode']) ?? modes[0] ?? FIRST_PREFERENCES.mode,
    surface,
    notices: Object.fromEntries(
      NOTICE_KINDS.map((kind) => {
        const value = notices[kind];
        return [kind, typeof value === 'boolean' ? value : FIRST_PREFERENCES.notices[kind]];
      }),
    ) as Preferences['notices'],
    dismissed: textsOf(root['dismissed']).filter((key) => LASTING.includes(key)),
  };
}

export function preferencesText(preferences: Preferences): string {
  return `${JSON.stringify({ schemaVersion: 1, ...preferences }, undefined, 2)}\n`;
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isPath(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && /^(\/|[A-Za-z]:\\|\\\\)/.test(value) && !value.includes('\0');
}
