import type { ReasonCode, Rung } from '../core/ladder.ts';
import { decide } from '../core/rules/decide.ts';
import { answeredVerdict, settleLadder } from '../core/settle-ladder.ts';
import { SOURCE_IDS, type SourceId } from '../core/source-id.ts';
import { SIMPLE } from '../core/sources/steering.ts';
import { API_KEY } from '../core/sources/api-key.ts';
import { HELPER_SETTING } from '../core/sources/api-key-helper.ts';
import { AUTH_TOKEN } from '../core/sources/auth-token.ts';
import { OAUTH_TOKEN } from '../core/sources/oauth-token.ts';
import { inspect, type Inspection } from '../usecases/inspect.ts';
import { whatIf } from '../usecases/what-if.ts';
import { sentence } from './sentence-case.ts';
import { sourcePhrase } from './source-label.ts';

/**
 * What would have to change for a source to be sent: a sentence or two, or `null` when it is sent already or nobody can tell.
 * Where others stand before it, they are taken away one by one and the rules are asked again, so this is what the rules say.
 */
export function whatItTakes(inspection: Inspection, source: SourceId): string | null {
  const rung = inspection.ladder.find((row) => row.source === source);
  if (rung === undefined || isSent(rung)) return null;
  const { code } = rung.reason;
  if (code === 'outranked') return afterRemoving(inspection, source, rung);
  const says = REMEDIES[code];
  const clause = typeof says === 'function' ? says(inspection, source) : says;
  if (clause === null) return null;
  const first = sentence(clause);
  const then = ADDING.has(code) ? afterAdding(inspection, source) : null;
  return then === null ? first : `${first} ${then}`;
}

/** What keeps a source back until it is set anew; whether that is enough, the rules are asked. */
const ADDING: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'not-set',
  'empty',
  'login-stub',
  'no-inference-scope',
  'not-read',
  'other-surface',
  'other-shell',
  'not-in-this-process',
]);

function afterAdding({ facts, context }: Inspection, source: SourceId): string | null {
  const target = ADDABLE[source];
  if (target === null) return null;
  const supposed = whatIf(facts, [{ kind: 'with', target, place: null }]);
  if (!supposed.ok) return null;
  const inspection = inspect(supposed.facts, context);
  const rung = inspection.ladder.find((row) => row.source === source);
  return rung === undefined || ADDING.has(rung.reason.code) ? null : whatItTakes(inspection, source);
}

/** What a what-if can add. */
const ADDABLE: Readonly<Record<SourceId, string | null>> = {
  'gateway-session': null,
  'cloud-provider': null,
  'custom-headers': null,
  'auth-token': AUTH_TOKEN,
  'api-key': API_KEY,
  'api-key-helper': HELPER_SETTING,
  'oauth-token': OAUTH_TOKEN,
  profile: null,
  federation: null,
  'claude-login': 'claude-login',
  'console-key': 'console-key',
  'base-url-login': null,
};

const isSent = ({ state, reason }: Rung): boolean =>
  state === 'wins' || state === 'also-sent' || reason.code === 'sent';

function afterRemoving(inspection: Inspection, source: SourceId, rung: Rung): string | null {
  const { context, facts } = inspection;
  const removed: SourceId[] = [];
  let current = { facts, rung };
  for (let step = 0; step < SOURCE_IDS.length; step++) {
    const { by, code } = current.rung.reason;
    if (code !== 'outranked' || by === undefined || by === source || removed.includes(by)) return null;
    removed.push(by);
    const supposed = whatIf(current.facts, [{ kind: 'without', target: by, place: null }]);
    if (!supposed.ok) return null;
    const ladder = settleLadder(supposed.facts, context, decide(supposed.facts, context));
    const next = ladder.find((row) => row.source === source);
    if (next === undefined) return null;
    if (isSent(next)) {
      const others = removed.map((id) => OBSTACLES[id] ?? sourcePhrase(id, facts));
      return sentence(`without ${list(others)} it would be sent`);
    }
    current = { facts: supposed.facts, rung: next };
  }
  return null;
}

/** What is taken away, where that is not the credential itself. */
const OBSTACLES: Readonly<Partial<Record<SourceId, string>>> = {
  'cloud-provider': 'the provider’s switch',
  'custom-headers': 'the custom headers',
  'api-key-helper': 'the API key helper',
};

const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

type Says = string | ((inspection: Inspection, source: SourceId) => string | null);

/** What removes each obstacle; `null` where nothing a person does here would, or where it is not known. */
const REMEDIES: { readonly [Code in ReasonCode]: Says | null } = {
  sent: null,
  'selects-provider': null,
  outranked: null,
  overridden: 'clear the place that ranks higher',
  empty: 'give it a value',
  'bare-mode': ({ context }) =>
    context.mode === 'bare'
      ? 'leave --bare out: other runs take notice of it'
      : `switch ${SIMPLE} off: then Claude Code takes notice of it`,
  'managed-by-host': 'start Claude Code without the program that manages its credentials',
  'project-not-allowed': 'set it in your user settings or in the shell instead',
  'launch-only': 'set it in the environment that Claude Code is started with',
  declined: 'let Claude Code ask about the key again, and accept it',
  'not-known-to-version': 'update Claude Code',
  policy: ({ verdict }) =>
    answeredVerdict(verdict).gate === 'gate/gateway-policy'
      ? 'only an administrator can allow it instead of the gateway'
      : 'only an administrator can allow it',
  'config-broken': ({ verdict }) =>
    CONFIG_REMEDIES[answeredVerdict(verdict).gate ?? ''] ?? 'repair the file that stops Claude Code',
  'not-trusted': 'trust the folder',
  'no-inference-scope': 'log in again',
  'not-selected': 'name the profile, or make it the active one',
  incomplete: 'set the variable that is missing',
  'not-read': 'set it in a place that Claude Code reads, such as the shell or a settings file',
  'other-surface': 'start Claude Code from where it is set',
  'other-shell': 'set it in a start-up file of the shell that is used',
  'not-in-this-process': 'start Claude Code from a new terminal or a new session',
  'provider-off': 'switch its provider on',
  'provider-beaten': 'switch the other provider off',
  'signing-off': null,
  'not-found': 'make the missing files again, or name another profile',
  'unknown-type': null,
  'not-used-by-provider': ({ verdict }, source) =>
    source === 'federation' && answeredVerdict(verdict).gate === 'gate/federation-without-token'
      ? 'set an identity token'
      : null,
  'helper-output-unusable': 'let the helper print the key alone, on one line, and end without an error',
  'empty-value': 'give it a value',
  'login-stub': 'log in again',
  malformed: (_inspection, source) => (source === 'claude-login' ? 'log in again' : 'repair its file'),
  'profile-ended': 'sign in to the profile again',
  'profile-unusable': 'repair the profile, or sign in to it again',
  denied: 'let your user read the file',
  locked: 'unlock the Keychain',
  'too-large': null,
  'not-a-file': null,
  'not-readable': null,
  'not-looked-at': null,
  'unknown-kind': null,
  'cannot-be-told': null,
  'not-set': (_inspection, source) => SETTING_UP[source],
};

/** What removes the obstacle where it is no file. */
const CONFIG_REMEDIES: Readonly<Record<string, string>> = {
  'gate/value-not-sendable': 'set the value anew, without that character',
  'gate/headers-unusable': 'repair the custom headers',
  'gate/base-url-unusable': 'repair the base URL',
  'gate/login-scopes': 'log in again',
};

/** How each source comes to be there. */
const SETTING_UP: Readonly<Record<SourceId, string>> = {
  'gateway-session': 'log in to a gateway with Claude Code',
  'cloud-provider': 'switch a provider on',
  'custom-headers': 'set a custom header that carries a credential',
  'auth-token': 'set it in the shell or a settings file',
  'api-key': 'set it in the shell or a settings file',
  'api-key-helper': 'name a helper in a settings file',
  'oauth-token': 'make one with “claude setup-token” and set it in the shell',
  profile: 'make a profile and name it',
  federation: 'set its variables in the shell or a settings file',
  'claude-login': 'log in with “claude auth login”',
  'console-key': 'log in with “claude auth login --console”',
  'base-url-login': 'put a user and a password into the base URL',
};
