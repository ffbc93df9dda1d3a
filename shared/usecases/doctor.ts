import type { Context } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import { coverageOf, NEWEST_RECORDED, OLDEST_RECORDED } from '../core/rules/versions.ts';
import { HARMLESS_FLAWS } from '../core/sign-in/providers-file.ts';
import type { Ports } from '../ports/ports.ts';
import type { InstalledClaudeCode } from './find-claude-code.ts';
import type { Inspection } from './inspect.ts';
import {
  rightClaude,
  type ClaudeTrouble,
  type PassedOverClaude,
  type RightClaude,
} from './sign-in/claude-program.ts';
import type { LoopbackHealth } from './sign-in/loopback-works.ts';
import type { ProvidersBook } from './sign-in/read-providers.ts';

export const DOCTOR_CHECKS = [
  'claude-code-found',
  'claude-code-safe',
  'claude-for-login',
  'version-covered',
  'home-found',
  'claude-json-readable',
  'settings-files-used',
  'login-store-readable',
  'login-lasts',
  'key-kept',
  'keys-encrypted',
  'shell-answered',
  'clock-sane',
  'providers-usable',
  'browser-comes-back',
  'decided',
  'no-critical-conflict',
] as const;
export type DoctorCheckName = (typeof DOCTOR_CHECKS)[number];

export interface DoctorCheck {
  readonly name: DoctorCheckName;
  /** `note`: nothing to mend, but worth knowing. */
  readonly result: 'pass' | 'fail' | 'note';
  /** A word or a path, never a secret. */
  readonly detail: string | null;
  /** Of `claude-for-login`: what stands before it on the search path and is not started. */
  readonly passedOver?: readonly PassedOverClaude[];
}

/** What signing in finds here. */
export interface SignInHealth {
  /** Nothing is run to find it. */
  readonly claude: RightClaude;
  readonly book: ProvidersBook;
  /** Whether a browser can come back; `null`: no provider is configured, so nobody looked. */
  readonly loopback: LoopbackHealth | null;
}

/** A credential file written this far in the future means that a clock is or was wrong: milliseconds. */
const SKEW = 5 * 60 * 1000;

/** What is checked beside the answer itself. Reads through the ports; the conclusions are plain data. */
export function doctor(
  ports: Pick<Ports, 'files' | 'environment'>,
  inspection: Inspection,
  installed: InstalledClaudeCode | null,
  keysInClear: readonly string[],
  signIn: SignInHealth,
): readonly DoctorCheck[] {
  const { facts, context, verdict } = inspection;
  return [
    installed === null
      ? { name: 'claude-code-found', result: 'note', detail: null }
      : { name: 'claude-code-found', result: 'pass', detail: installed.path },
    ...(installed === null ? [] : [safeProgram(ports, installed)]),
    ...loginProgram(signIn.claude),
    versionCheck(context),
    verdictOf('home-found', facts.place.home !== null, facts.place.home),
    claudeJsonCheck(facts),
    settingsCheck(facts),
    storeCheck(facts),
    loginCheck(inspection),
    verdictOf('key-kept', facts.fingerprintKey === 'installation', null),
    keysInClear.length === 0
      ? { name: 'keys-encrypted', result: 'pass', detail: null }
      : { name: 'keys-encrypted', result: 'note', detail: keysInClear.join(', ') },
    shellCheck(facts),
    clockCheck(ports, facts),
    ...providersCheck(signIn.book),
    ...loopbackCheck(signIn),
    verdictOf('decided', verdict.outcome !== 'unknown', verdict.unknown),
    conflictCheck(inspection),
  ];
}

/** Critical ones fail; those that a person has to decide are worth a note. */
function conflictCheck({ conflicts }: Inspection): DoctorCheck {
  const codes = (severity: 'critical' | 'warning'): readonly string[] => [
    ...new Set(conflicts.filter((conflict) => conflict.severity === severity).map(({ code }) => code)),
  ];
  const critical = codes('critical');
  if (critical.length > 0)
    return { name: 'no-critical-conflict', result: 'fail', detail: critical.join(', ') };
  const warnings = codes('warning');
  return warnings.length > 0
    ? { name: 'no-critical-conflict', result: 'note', detail: warnings.join(', ') }
    : { name: 'no-critical-conflict', result: 'pass', detail: null };
}

function verdictOf(name: DoctorCheckName, passed: boolean, detail: string | null): DoctorCheck {
  return { name, result: passed ? 'pass' : 'fail', detail };
}

/** Others than this user and the system may replace what is started. */
const REPLACEABLE: ReadonlySet<ClaudeTrouble> = new Set(['writable-by-others', 'foreign-owner']);

/** A program that others may replace is not the one that was installed. It is judged as one for a login, whichever that would be. */
function safeProgram(
  ports: Pick<Ports, 'files' | 'environment'>,
  installed: InstalledClaudeCode,
): DoctorCheck {
  const judged = rightClaude(ports, installed.path);
  const isReplaceable = !judged.ok && REPLACEABLE.has(judged.why);
  return verdictOf('claude-code-safe', !isReplaceable, installed.realPath);
}

/**
 * Which `claude` a login starts. That there is none is told before. One that others may replace fails, whoever starts it, and so does
 * one that the user has chosen for this; what only Credence does not start, as another program of that name, is worth a note.
 */
function loginProgram(claude: RightClaude): readonly DoctorCheck[] {
  const { passedOver } = claude;
  if (claude.ok)
    return [{ name: 'claude-for-login', result: 'pass', detail: claude.program.realPath, passedOver }];
  if (claude.path === null) return [];
  const reason = { path: claude.path, why: claude.why };
  const others = passedOver.filter(({ path }) => path !== claude.path);
  const isChosen = passedOver.length === 0;
  const result = isChosen || REPLACEABLE.has(claude.why) ? 'fail' : 'note';
  return [{ name: 'claude-for-login', result, detail: claude.why, passedOver: [reason, ...others] }];
}

/** Where each flaw lies, and never what stands there. */
function providersCheck({ providers, files }: ProvidersBook): readonly DoctorCheck[] {
  const flaws = files.flatMap((file) => file.flaws.map((flaw) => ({ ...flaw, from: file.from })));
  if (flaws.length === 0)
    return providers.length === 0
      ? []
      : [{ name: 'providers-usable', result: 'pass', detail: String(providers.length) }];
  const harmful = flaws.some(({ code }) => code !== 'managed-wins' && !HARMLESS_FLAWS.has(code));
  const places = flaws.map(({ from, where, line, code }) => {
    const place = [where, line === null ? '' : `line ${String(line)}`].filter((part) => part !== '');
    return `${[from, ...place].join(' ')}: ${code}`;
  });
  return [{ name: 'providers-usable', result: harmful ? 'fail' : 'note', detail: places.join(', ') }];
}

/** Where all sign in by codes, no browser has to come back. */
function loopbackCheck({ loopback, book }: SignInHealth): readonly DoctorCheck[] {
  if (loopback === null) return [];
  if (loopback === 'works') return [{ name: 'browser-comes-back', result: 'pass', detail: null }];
  const needed = book.providers.some(({ deviceFlow }) => !deviceFlow);
  return [{ name: 'browser-comes-back', result: needed ? 'fail' : 'note', detail: loopback }];
}

function versionCheck({ claudeCode: { version, from } }: Context): DoctorCheck {
  const { kind } = coverageOf(version);
  const detail = `${version} (${from}); rules ${OLDEST_RECORDED} to ${NEWEST_RECORDED}`;
  if (from === 'assumed') return { name: 'version-covered', result: 'note', detail };
  return verdictOf('version-covered', kind === 'recorded' || kind === 'between', detail);
}

function claudeJsonCheck({ claudeJson }: Facts): DoctorCheck {
  const readable = claudeJson.state === 'read' || claudeJson.state === 'absent';
  return verdictOf('claude-json-readable', readable, readable ? claudeJson.path : claudeJson.state);
}

function settingsCheck({ settingsFiles }: Facts): DoctorCheck {
  const bad = settingsFiles.filter(({ state }) => state === 'dropped' || state === 'unreadable');
  const used = settingsFiles.filter(({ state }) => state === 'used').length;
  return verdictOf('settings-files-used', bad.length === 0, bad[0]?.path ?? `${String(used)} in use`);
}

function storeCheck({ store }: Facts): DoctorCheck {
  const readable = store.state === 'read' || store.state === 'absent';
  return verdictOf('login-store-readable', readable, readable ? store.path : store.state);
}

function loginCheck({ expiry, facts }: Inspection): DoctorCheck {
  const clock = expiry.find(({ source, kind }) => source === 'claude-login' && kind === 'login');
  if (clock === undefined) {
    const { state } = facts.store;
    const known = state === 'read' || state === 'absent';
    return { name: 'login-lasts', result: 'note', detail: known ? 'no login' : 'not readable' };
  }
  if (clock.state === 'unknown') return { name: 'login-lasts', result: 'note', detail: 'unknown' };
  return verdictOf('login-lasts', clock.state === 'fine', clock.state);
}

function shellCheck({ shell }: Facts): DoctorCheck {
  if (shell === 'not-asked') return { name: 'shell-answered', result: 'note', detail: shell };
  return verdictOf('shell-answered', shell === 'answered', shell);
}

function clockCheck({ files }: Pick<Ports, 'files'>, facts: Facts): DoctorCheck {
  const paths = [facts.claudeJson.path, facts.store.kind === 'credentials-file' ? facts.store.path : null];
  const ahead = paths.find((path) => {
    const changedAt = path === null ? null : (files.inspect(path)?.changedAt ?? null);
    return changedAt !== null && changedAt > facts.takenAt + SKEW;
  });
  return verdictOf('clock-sane', ahead === undefined, ahead ?? null);
}
