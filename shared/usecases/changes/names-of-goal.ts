import type { Facts } from '../../core/facts.ts';
import { CONSOLE_KEY } from '../../core/sources/console-key.ts';
import { HELPER_SETTING } from '../../core/sources/api-key-helper.ts';
import { SOURCES, WATCHED } from '../../core/sources/index.ts';
import { BASE_URL } from '../../core/sources/steering.ts';
import { SOURCE_IDS, type SourceId } from '../../core/source-id.ts';

/** What a person may name: a variable, `apiKeyHelper`, or a source, which stands for everything that sets it. */
export type NamedTarget =
  | { readonly ok: true; readonly names: readonly string[] }
  /** Only logging out removes it. */
  | { readonly ok: false; readonly why: 'log-out'; readonly source: SourceId }
  /** A file of its own, which is not Credence’s to change. */
  | { readonly ok: false; readonly why: 'own-file'; readonly source: SourceId }
  | { readonly ok: false; readonly why: 'unknown-name' };

export function namesOfTarget(target: string): NamedTarget {
  if (WATCHED.has(target) || target === HELPER_SETTING) return { ok: true, names: [target] };
  const source = target === CONSOLE_KEY ? 'console-key' : SOURCE_IDS.find((id) => id === target);
  return source === undefined ? { ok: false, why: 'unknown-name' } : namesOfSource(source);
}

/** The variables and settings that bring a source. */
export function namesOfSource(source: SourceId): NamedTarget {
  switch (source) {
    case 'api-key-helper':
      return { ok: true, names: [HELPER_SETTING] };
    case 'claude-login':
    case 'console-key':
    case 'gateway-session':
      return { ok: false, why: 'log-out', source };
    case 'base-url-login':
      return { ok: true, names: [BASE_URL] };
    case 'cloud-provider':
    case 'custom-headers':
    case 'auth-token':
    case 'api-key':
    case 'oauth-token':
    case 'profile':
    case 'federation': {
      const names = SOURCES[source].variables
        .filter(({ role }) => role !== 'support')
        .map(({ name }) => name);
      return names.length === 0 ? { ok: false, why: 'own-file', source } : { ok: true, names };
    }
  }
}

/** Of many names those that anything sets here, so that a plan does not speak of what is not there. */
export function namesThatAreSet(facts: Facts, names: readonly string[]): readonly string[] {
  const set = new Set(
    [
      ...facts.layers.flatMap(({ entries }) => Object.keys(entries)),
      ...facts.elsewhere.map(({ origin }) => origin.name ?? ''),
      ...facts.secretFiles.map(({ origin }) => origin.name ?? ''),
      ...(facts.helpers.length > 0 ? [HELPER_SETTING] : []),
    ].map((name) => name.replace(/^env\./, '')),
  );
  return names.filter((name) => set.has(name));
}
