import { appendFileSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { FakeBehaviour } from '../lay-fake-claude.mjs';

/** What `layFakeClaude` writes beside the program. */
export interface Scene {
  readonly behaviour: FakeBehaviour;
  readonly texts: Readonly<Record<string, { readonly stdout: string; readonly stderr: string }>>;
  readonly pages: { readonly authorize: string; readonly landing: string };
}

const env = process.env;

export const { behaviour, texts, pages } = JSON.parse(
  readFileSync(`${realpathSync(process.argv[1] ?? '')}.json`, 'utf8'),
) as Scene;

export const version = behaviour.version ?? '2.1.328';

const home = nonEmpty(env['HOME']) ?? nonEmpty(env['USERPROFILE']) ?? '/';
const namedFolder = nonEmpty(env['CLAUDE_CONFIG_DIR']);
const storeFolder = env['CLAUDE_SECURESTORAGE_CONFIG_DIR'];

/** Where 2.1.328 keeps what it keeps. */
export const places = {
  config: namedFolder ?? path.join(home, '.claude'),
  claudeJson: path.join(namedFolder ?? home, '.claude.json'),
  store: path.join(
    storeFolder === undefined
      ? (namedFolder ?? path.join(home, '.claude'))
      : (nonEmpty(storeFolder) ?? path.join(home, '.claude')),
    '.credentials.json',
  ),
};

/** What was recorded under this name; none is a mistake of the test’s. */
export function recorded(name: string): { readonly stdout: string; readonly stderr: string } {
  const text = texts[name];
  if (text === undefined) throw new Error(`nothing was recorded as “${name}”`);
  return text;
}

/** For the test: which processes there are, what they were given, and what has reached them. */
export function note(entry: Readonly<Record<string, unknown>>): void {
  if (behaviour.notes != null) appendFileSync(behaviour.notes, `${JSON.stringify(entry)}\n`);
}

export function seconds(count = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}

export function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
