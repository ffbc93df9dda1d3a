import type { RemedyId, RemedyName } from '../core/conflict.ts';
import type { Facts } from '../core/facts.ts';
import { SOURCE_IDS, type SourceId } from '../core/source-id.ts';
import { SOURCES } from '../core/sources/index.ts';
import { wholeFile } from './conflict-sentences/place-phrases.ts';
import { plainPhrase } from './origin-label.ts';
import { printable } from './printable.ts';

/** A remedy by name, as on a button: what happens, and where. It names the remedy; who carries it out is not said. */
export function remedyTitle(remedy: RemedyName, facts: Facts): string {
  return TITLES[remedy.id](remedy, facts);
}

const TITLES: { readonly [Id in RemedyId]: (remedy: RemedyName, facts: Facts) => string } = {
  'clear-credential': (remedy, facts) =>
    remedy.target === undefined && remedy.origin === undefined
      ? 'Clear what managed settings forbid'
      : `Clear ${targetOf(remedy)}${placed('from', remedy, facts)}`,
  'cancel-in-settings': (remedy) => `Cancel ${targetOf(remedy)} with an empty value in your user settings`,
  'move-to-keychain': (remedy, facts) =>
    `Move ${targetOf(remedy)}${remedy.origin?.kind === 'process' ? '' : placed('from', remedy, facts)} into the system’s keychain`,
  'log-in': () => 'Log in again',
  'log-out': ({ origin }) =>
    origin?.kind === 'claude-json' ? 'Log out, which removes the Console key' : 'Log out of Claude',
  'log-in-with-subscription': () => 'Log in with a Claude subscription instead',
  'answer-approval': () => 'Answer Claude Code’s question about the API key',
  'forget-approval': () => 'Let Claude Code ask about the API key again',
  'unset-base-url': (remedy, facts) => `Clear ${targetOf(remedy)}${placed('from', remedy, facts)}`,
  'switch-provider-off': (remedy, facts) => `Turn ${targetOf(remedy)} off${placed('in', remedy, facts)}`,
  'sign-in-to-provider': ({ target }, facts) =>
    facts.helpers.some(({ organisation }) => organisation !== null && organisation === target)
      ? `Sign in to ${printable(target ?? '', 40)}`
      : `Sign in to ${CLOUDS.get(target ?? '') ?? 'the cloud provider'}`,
  'repair-settings-file': (remedy, facts) => `Repair ${wholeFile(remedy.origin, facts)}`,
  'narrow-file-mode': (remedy, facts) => `Let nobody else read ${wholeFile(remedy.origin, facts)}`,
  'untrack-file': (remedy, facts) => `Take ${wholeFile(remedy.origin, facts)} out of git`,
  'run-helper': () => 'Run the helper once more',
  'repair-helper': (remedy, facts) => `Repair the helper${placed('in', remedy, facts)}`,
  'leave-project-settings-out': () => 'Start Claude Code without this folder’s settings',
  'ask-administrator': (remedy) => `Ask your administrator about ${targetOf(remedy)}`,
  'update-claude-code': () => 'Update Claude Code',
  'update-credence': () => 'Update Credence',
  'leave-as-is': () => 'Leave it as it is',
};

/** Whose sign-in stands behind a provider. */
const CLOUDS: ReadonlyMap<string, string> = new Map([
  ['bedrock', 'AWS'],
  ['mantle', 'AWS'],
  ['anthropicAws', 'AWS'],
  ['foundry', 'Azure'],
  ['vertex', 'Google Cloud'],
  ['anthropicGoogleCloud', 'Google Cloud'],
]);

/** What a remedy is about: a variable or setting by its name, else the source. */
function targetOf({ target, origin }: RemedyName): string {
  if (origin?.kind === 'profile-file')
    return target === undefined ? 'the profile' : `the profile “${printable(target, 32)}”`;
  if (origin?.kind === 'cloud-file') return 'the credential';
  if (target === undefined) return 'the credential';
  return isSource(target) ? SOURCES[target].phrase : printable(target.replace(/^env\./, ''));
}

const isSource = (text: string): text is SourceId => (SOURCE_IDS as readonly string[]).includes(text);

function placed(joint: 'from' | 'in', { origin }: RemedyName, facts: Facts): string {
  return origin === undefined ? '' : ` ${joint} ${plainPhrase(origin, facts)}`;
}
