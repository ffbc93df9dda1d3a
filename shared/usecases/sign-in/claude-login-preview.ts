import { MODES, type ClaudeCodeVersion } from '../../core/context.ts';
import type { Facts } from '../../core/facts.ts';
import type { Origin } from '../../core/origin.ts';
import { findReadings } from '../../core/find-readings.ts';
import type { Reading } from '../../core/reading.ts';
import { answeredVerdict } from '../../core/settle-ladder.ts';
import type { LoginWay } from '../../core/sign-in/claude-login.ts';
import type { LoginMethod } from '../../core/settings/settings-file.ts';
import type { SourceId } from '../../core/source-id.ts';
import { namesOfSource, namesThatAreSet } from '../changes/names-of-goal.ts';
import type { Wish } from '../changes/plan-request.ts';
import { sentSources, sourcesInTheWay } from '../changes/sources-in-the-way.ts';
import { inspect, type Inspection } from '../inspect.ts';
import { whatIf } from '../what-if.ts';

/** What a login would change, before anything is started. */
export interface ClaudeLoginPreview {
  readonly way: LoginWay;
  /** The way it will go in the end: settings may force another one than was asked for. */
  readonly goes: LoginMethod;
  /** What forces it; `null`: nothing does. */
  readonly forcedBy: Origin | null;
  /** Organisations that the administrator demands, and where; `null`: any. */
  readonly organisations: { readonly ids: readonly string[]; readonly origin: Origin } | null;
  /** What is logged in already, and will be replaced; `null`: nothing of that kind. */
  readonly replaces: ReplacedLogin | null;
  /** What a login of this kind is. */
  readonly source: 'claude-login' | 'console-key';
  readonly now: readonly Inspection[];
  /** What each mode would use afterwards, in the order of {@link MODES}. */
  readonly then: readonly Inspection[];
  /** What is used all the same, strongest first; empty: the login is. */
  readonly inTheWay: readonly InTheWay[];
  /** What would clear it, as a plan can; `null`: there is nothing that a plan could clear. */
  readonly clear: Wish | null;
}

export interface ReplacedLogin {
  readonly email: string | null;
  readonly organisation: string | null;
  readonly plan: string | null;
}

export interface InTheWay {
  readonly source: SourceId;
  /** What of it could be used, with its place. */
  readonly readings: readonly Reading[];
  /** The variables and settings that a plan would clear; empty: it goes another way, as by logging out. */
  readonly names: readonly string[];
}

const METHODS: Readonly<Record<LoginWay, LoginMethod>> = {
  claude: 'claudeai',
  sso: 'claudeai',
  console: 'console',
};

/**
 * What a login would change here, by the same rules as every other answer: the facts with a made-up login in them. That a login
 * leaves the Console’s key where it is, and the other way round, is how 2.1.328 keeps them, in two files.
 */
export function claudeLoginPreview(
  facts: Facts,
  way: LoginWay,
  claudeCode: ClaudeCodeVersion,
): ClaudeLoginPreview {
  const goes = facts.forcedLogin?.method ?? METHODS[way];
  const source = goes === 'console' ? 'console-key' : 'claude-login';
  const supposed = withLogin(facts, source);
  const inEachMode = (of: Facts): readonly Inspection[] =>
    MODES.map((mode) => inspect(of, { mode, claudeCode }));
  const then = inEachMode(supposed);
  const inTheWay = sourcesBefore(supposed, then, source, claudeCode).map((one) => inTheWayOf(supposed, one));
  const names = [...new Set(inTheWay.flatMap((one) => one.names))];
  const demanded = facts.limits.find(({ key }) => key === 'forceLoginOrgUUID');
  return {
    way,
    goes,
    forcedBy: goes === METHODS[way] ? null : (facts.forcedLogin?.origin ?? null),
    organisations: demanded === undefined ? null : { ids: demanded.names, origin: demanded.origin },
    replaces: replacedBy(facts, source),
    source,
    now: inEachMode(facts),
    then,
    inTheWay,
    clear: names.length === 0 ? null : { kind: 'clear', names },
  };
}

/** The facts with such a login in them, as if it had just been saved. */
export function withLogin(facts: Facts, source: 'claude-login' | 'console-key'): Facts {
  const supposed = whatIf(facts, [{ kind: 'with', target: source, place: null }]);
  return supposed.ok ? supposed.facts : facts;
}

/** What a person would have to clear; where even that would not do, at least what is used now. */
function sourcesBefore(
  facts: Facts,
  then: readonly Inspection[],
  source: SourceId,
  claudeCode: ClaudeCodeVersion,
): readonly SourceId[] {
  const known = sourcesInTheWay(facts, claudeCode, source);
  if (known !== null) return known;
  const verdicts = then
    .filter(({ context }) => context.mode !== 'bare')
    .map(({ verdict }) => answeredVerdict(verdict));
  // Where a policy forces a login, what it forbids keeps a session from starting by being there (measured).
  const forbidden = verdicts.some(({ refuses }) => refuses === 'policy')
    ? FORBIDDEN.filter((one) =>
        findReadings(facts).some(({ reading }) => reading.source === one && reading.flaw === null),
      )
    : [];
  const sent = verdicts.flatMap(sentSources);
  return [...new Set([...sent, ...forbidden])].filter((one) => one !== source);
}

const FORBIDDEN: readonly SourceId[] = ['auth-token', 'api-key', 'api-key-helper'];

function inTheWayOf(facts: Facts, source: SourceId): InTheWay {
  const named = namesOfSource(source);
  const readings = findReadings(facts)
    .map(({ reading }) => reading)
    .filter((reading) => reading.source === source && reading.flaw === null);
  // What an administrator sets is not this user’s to clear.
  const isManaged = readings.length > 0 && readings.every(({ origin }) => origin.scope === 'managed');
  return { source, readings, names: named.ok && !isManaged ? namesThatAreSet(facts, named.names) : [] };
}

function replacedBy(facts: Facts, source: 'claude-login' | 'console-key'): ReplacedLogin | null {
  const isThere =
    source === 'claude-login' ? facts.store.login?.reading.flaw === null : facts.consoleKey !== null;
  if (!isThere) return null;
  const { account } = facts.claudeJson;
  return {
    email: account?.email ?? null,
    organisation: account?.organisationName ?? null,
    plan: source === 'claude-login' ? (facts.store.login?.plan ?? null) : null,
  };
}
