import type { ClaudeLoginState } from '../../core/sign-in/claude-login.ts';
import type { ClaudeLoginPreview } from '../../usecases/sign-in/claude-login-preview.ts';
import type { LogoutPreview, LogoutResult } from '../../usecases/sign-in/claude-logout.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { branchJson, originJson, SCHEMA_VERSION, timeJson, type Json } from '../status-json.ts';
import { clearCommand } from './claude-preview-words.ts';
import { inOne, loginStateWords } from './claude-words.ts';

/** `credence login claude|console|sso --json`; its schema is docs/schema/login.schema.json. The link is no part of it. */
export function loginJson({
  state,
  preview,
  now,
  program,
}: {
  readonly state: ClaudeLoginState;
  readonly preview: ClaudeLoginPreview;
  readonly now: readonly Inspection[];
  readonly program: string;
}): Json {
  const { step } = state;
  const outcome = step.at === 'done' ? step.outcome : null;
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'claude',
    way: state.way,
    goes: preview.goes,
    program,
    outcome: step.at === 'done' ? 'logged-in' : step.at === 'cancelled' ? 'cancelled' : 'failed',
    why: step.at === 'failed' ? step.why : null,
    message: inOne(loginStateWords(state)),
    kept: outcome?.kept ?? null,
    account: outcome === null ? null : { email: outcome.email, organisationName: outcome.organisation },
    plan: outcome?.plan ?? null,
    loginEndsAt: timeJson(outcome?.loginEndsAt ?? null),
    replaced:
      preview.replaces === null
        ? null
        : {
            email: preview.replaces.email,
            organisationName: preview.replaces.organisation,
            plan: preview.replaces.plan,
          },
    inTheWay: preview.inTheWay.map(({ source, readings, names }) => ({
      source,
      origins: readings.map(({ origin }) => originJson(origin)),
      names: [...names],
    })),
    clearWith: clearCommand(preview.inTheWay),
    now: now.map(modeJson),
  };
}

/** `credence logout --json`; its schema is docs/schema/logout.schema.json. */
export function logoutJson(
  preview: LogoutPreview,
  result: LogoutResult | 'nobody' | 'not-asked',
  message: string,
  now: readonly Inspection[],
): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'claude',
    outcome: typeof result === 'string' ? result : result.outcome,
    message,
    deletes: {
      login: preview.login === null ? null : originJson(preview.login.origin),
      consoleKey: preview.consoleKey === null ? null : originJson(preview.consoleKey),
      account:
        preview.account === null
          ? null
          : { email: preview.account.email, organisationName: preview.account.organisation },
      mcpLogins: preview.mcpLogins,
      file: preview.file,
    },
    stays: [...preview.stays],
    left: typeof result === 'string' ? [] : [...result.left],
    unconfirmed: typeof result === 'string' ? false : result.unconfirmed,
    now: now.map(modeJson),
  };
}

function modeJson({ context, verdict, facts }: Inspection): Json {
  return { mode: context.mode, ...branchJson(verdict, facts) };
}

/** `credence login setup-token --json`, in the same schema as the other ways. */
export function setupTokenJson({
  program,
  madeOn,
  kept,
  endsAt,
}: {
  readonly program: string | null;
  /** A day, as it was given. */
  readonly madeOn: string | null;
  readonly kept: boolean;
  readonly endsAt: { readonly earliest: number; readonly at: number } | null;
}): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'setup-token',
    outcome: madeOn === null ? 'shown' : kept ? 'noted' : 'failed',
    program,
    command: program === null ? null : [program, 'setup-token'],
    madeOn,
    endsEarliest: timeJson(endsAt?.earliest ?? null),
    endsAt: timeJson(endsAt?.at ?? null),
  };
}
