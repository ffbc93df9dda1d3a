import type { NamedHelper } from '../../usecases/sign-in/helpers-of-organisation.ts';
import { originPhrase, type LabelPlace } from '../origin-label.ts';
import { originJson, type Json } from '../status-json.ts';

/** What takes it out, as a person types it; `null`: nobody but the administrator can. */
export function takeOutCommand({ by }: NamedHelper): string | null {
  switch (by.kind) {
    case 'undo':
      return `credence clear --undo ${by.id}`;
    case 'clear':
      return `credence clear ${by.names.join(' ')}`;
    case 'nobody':
      return null;
  }
}

/** Before a sign-out. */
export function namedHelpersSentence(helpers: readonly NamedHelper[], place: LabelPlace): string {
  return `Claude Code asks Credence for this token (apiKeyHelper in ${places(helpers, place)}). Once you are signed out, it gets none.`;
}

/** After it: what still names it, and the commands that put that right. */
export function leftHelpers(
  helpers: readonly NamedHelper[],
  provider: string,
  place: LabelPlace,
): { readonly text: string; readonly commands: readonly string[] } {
  const theirs = helpers.every(({ by }) => by.kind === 'nobody');
  const commands = new Set(helpers.flatMap((helper) => takeOutCommand(helper) ?? []));
  const still = `apiKeyHelper in ${places(helpers, place)} still asks Credence for it, and gets nothing until you sign in again.`;
  return {
    text: theirs
      ? `${still} Your administrator has set that.`
      : `${still} To sign in: “credence login --provider ${provider}”. To take it out:`,
    commands: [...commands],
  };
}

/** A contract: add, never rename. */
export function helpersJson(helpers: readonly NamedHelper[]): Json {
  return helpers.map((helper) => ({ origin: originJson(helper.origin), takeOut: takeOutCommand(helper) }));
}

function places(helpers: readonly NamedHelper[], place: LabelPlace): string {
  return [...new Set(helpers.map(({ origin }) => originPhrase(origin, place)))].join(', ');
}
