import { HELPER_SETTING } from '../core/sources/api-key-helper.ts';
import { PROVIDER_BASE_URLS } from '../core/sources/cloud-provider.ts';
import { WATCHED } from '../core/sources/index.ts';
import { BASE_URL } from '../core/sources/steering.ts';
import type { SettingsParse } from '../core/settings/settings-file.ts';

/** A name that decides which credential is used, and where a settings file writes it. */
export interface NamedSetting {
  readonly name: string;
  readonly line: number;
}

const BASE_URLS: ReadonlySet<string> = new Set([BASE_URL, ...Object.values(PROVIDER_BASE_URLS)]);

/** Variables that hold a credential, switch a provider on or say where a credential is sent. */
const TELLING: ReadonlySet<string> = new Set(
  [...WATCHED.values()]
    .filter(({ name, role, kind }) => role !== 'support' || kind === 'secret' || BASE_URLS.has(name))
    .map(({ name }) => name),
);

/**
 * What a settings file names of credentials, helpers, provider switches and base URLs, in the order of the lines. Of a file
 * that Claude Code drops, what its text mentions: whoever wrote it meant it to count.
 */
export function settingsNames(text: string, parsed: SettingsParse): readonly NamedSetting[] {
  if (!parsed.ok) return mentions(text);
  const { variables, helper } = parsed.content;
  const named = variables.filter(({ name }) => TELLING.has(name)).map(({ name, line }) => ({ name, line }));
  if (helper !== null) named.push({ name: HELPER_SETTING, line: helper.line });
  return named.sort((a, b) => a.line - b.line);
}

function mentions(text: string): readonly NamedSetting[] {
  const found = new Map<string, NamedSetting>();
  // A file in UTF-16, as some editors write it, is dropped as well; read as UTF-8 every other character of it is a NUL.
  text
    .replaceAll('\0', '')
    .split('\n')
    .forEach((content, at) => {
      for (const [word] of content.matchAll(/[A-Za-z][A-Za-z0-9_]*/g)) {
        if ((word === HELPER_SETTING || TELLING.has(word)) && !found.has(word))
          found.set(word, { name: word, line: at + 1 });
      }
    });
  return [...found.values()];
}
