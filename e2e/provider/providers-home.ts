import path from 'node:path';
import { expect } from 'vitest';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import { publishedAnswer } from '../schema/published-answer.ts';
import type { MadeUpHome, MadeUpHomes } from '../support/made-up-homes.ts';
import { PROVIDERS } from './lay-providers.ts';

/** A made-up home with a `providers.json`, and the command that is asked about it. */
export interface ProvidersHome {
  readonly home: MadeUpHome;
  /** Its `providers.json`, also where there is none. */
  readonly file: string;
  readonly ask: (...words: readonly string[]) => Promise<CommandAnswer>;
  /** The answer in JSON, as published; nothing else is printed. */
  readonly json: (
    exitCode: number,
    ...words: readonly string[]
  ) => Promise<Readonly<Record<string, unknown>>>;
}

/** @param text of `providers.json`; absent: there is none */
export function providersHome(homes: MadeUpHomes, text?: string): ProvidersHome {
  const home = homes.lay(text === undefined ? {} : { [PROVIDERS]: text });
  return {
    home,
    file: path.join(home.path, PROVIDERS),
    ask: (...words) => home.ask(words),
    json: async (exitCode, ...words) => {
      const answer = await home.ask([...words, '--json']);
      expect([answer.exitCode, answer.stderr]).toEqual([exitCode, '']);
      const said = JSON.parse(answer.stdout) as object;
      return publishedAnswer('error' in said ? 'error' : 'providers', answer.stdout);
    },
  };
}
