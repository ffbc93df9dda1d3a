import type { RecordedWorld } from '../../shared/testing/recorded-world.ts';
import { leaksIn, secretsOfWorld } from '../../shared/testing/secrets-of-world.ts';
import type { CommandAnswer } from './ask-command.ts';
import { differences } from './compare.ts';

/** Everything that is wrong with an answer, a sentence each; none: it agrees. */
export function judgeWorld(
  world: RecordedWorld,
  { stdout, stderr, exitCode, inTime }: CommandAnswer,
): readonly string[] {
  const leaks = leaksIn(`${stdout}\n${stderr}`, secretsOfWorld(world)).map(
    ({ text }) => `a secret is to be seen: ${JSON.stringify(text)}`,
  );
  if (!inTime) return ['no answer in time', ...leaks];
  const answer = parsed(stdout);
  if (answer === undefined) {
    const said = stderr.trim() === '' ? stdout : stderr;
    return [`exit code ${String(exitCode)}, and no JSON but: ${said.trim().slice(0, 400)}`, ...leaks];
  }
  const error = errorIn(answer);
  if (error !== null) return [`exit code ${String(exitCode)}, and an error: ${inText(error)}`, ...leaks];
  return [
    ...differences(world.expect, answer).map(
      ({ what, expected, said }) => `${what}: expected ${inText(expected)}, said ${inText(said)}`,
    ),
    ...(exitCode === 0 ? [] : [`exit code: expected 0, was ${String(exitCode)}`]),
    ...leaks,
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** With `--json` a failure is told in JSON as well. */
function errorIn(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null;
}

function inText(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
