import type { CommandAnswer } from '../conformance/ask-command.ts';

/** What the tests look at in the answer of `credence status --json`. */
export interface StatusAnswer {
  readonly schemaVersion: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly context: {
    readonly folder: string;
    readonly claudeCode: { readonly version: string; readonly from: string };
  };
  readonly outcome: 'sends' | 'asks' | 'refuses' | 'unknown';
  readonly refuses: string | null;
  readonly unknown: string | null;
  readonly ladder: readonly Rung[];
  readonly conflicts: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
  }[];
  readonly expiry: readonly {
    readonly kind: string;
    readonly at: string | null;
    readonly earliest: string | null;
    readonly state: string;
  }[];
  readonly account: Readonly<Record<string, string | null>> | null;
  readonly fingerprints: string;
  readonly notes: readonly { readonly code: string; readonly message: string }[];
}

export interface Rung {
  readonly source: string;
  readonly state: string;
  readonly reason: { readonly code: string };
  readonly readings: readonly LadderReading[];
}

export interface LadderReading {
  readonly origin: { readonly path?: string; readonly line?: number; readonly name?: string };
  readonly fingerprint: string | null;
  readonly state: string;
  readonly reason: { readonly code: string };
  readonly likelyFrom?: readonly { readonly path: string; readonly line: number }[];
}

/** What every made-up secret holds, in this spelling. */
export const SECRET_MARK = 'zq7secret';

/**
 * The answer, whatever the input was: JSON, an exit code that goes with it, nothing said aside, no stack and no secret.
 *
 * @throws {Error} that says what is wrong
 */
export function soundAnswer({ stdout, stderr, exitCode, inTime }: CommandAnswer, what: string): StatusAnswer {
  const said = `${stdout.slice(0, 300)}\n${stderr.slice(0, 600)}`;
  if (!inTime) throw new Error(`${what}: no answer in time\n${said}`);
  if (leaks(`${stdout}\n${stderr}`)) throw new Error(`${what}: a secret is to be seen`);
  if (stderr !== '') throw new Error(`${what}: something on standard error\n${said}`);
  if (/^\s+at .+:\d+/m.test(stdout)) throw new Error(`${what}: a stack\n${said}`);
  let answer: StatusAnswer;
  try {
    answer = JSON.parse(stdout) as StatusAnswer;
  } catch {
    throw new Error(`${what}: exit code ${String(exitCode)} and no JSON\n${said}`);
  }
  if (answer.error !== undefined) throw new Error(`${what}: ${JSON.stringify(answer.error)}`);
  const expected = answer.outcome === 'unknown' ? 3 : 0;
  if (exitCode !== expected) throw new Error(`${what}: exit code ${String(exitCode)}, ${answer.outcome}`);
  return answer;
}

/** Also where somebody took UTF-16 for UTF-8. */
function leaks(output: string): boolean {
  return [output, output.replace(/\\u0000|\0/g, '')].some((text) => text.toLowerCase().includes(SECRET_MARK));
}

export function rung(answer: StatusAnswer, source: string): Rung {
  const found = answer.ladder.find((one) => one.source === source);
  if (found === undefined) throw new Error(`the ladder has no ${source}`);
  return found;
}

/** Every reading that stands in a file, or is put down to it. */
export function readingsAt(answer: StatusAnswer, path: string): readonly LadderReading[] {
  return answer.ladder
    .flatMap(({ readings }) => readings)
    .filter(
      ({ origin, likelyFrom }) =>
        origin.path === path || likelyFrom?.some((place) => place.path === path) === true,
    );
}

export function hasConflict(answer: StatusAnswer, code: string): boolean {
  return answer.conflicts.some((conflict) => conflict.code === code);
}

export function hasNote(answer: StatusAnswer, code: string): boolean {
  return answer.notes.some((note) => note.code === code);
}
