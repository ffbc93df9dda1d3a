import type { Fingerprint } from '../../../../shared/core/secret.ts';
import { expirySentence } from '../../../../shared/presentation/expiry-sentences.ts';
import { setupTokenJson } from '../../../../shared/presentation/sign-in/claude-json.ts';
import {
  DAY_KEPT,
  DAY_LONG_AGO,
  DAY_NOT_KEPT,
} from '../../../../shared/presentation/sign-in/setup-token-words.ts';
import { wrap } from '../../../../shared/presentation/text-layout.ts';
import { noteSetupToken } from '../../../../shared/usecases/sign-in/note-setup-token.ts';
import type { CommandInput } from '../../command.ts';
import { questionOf } from '../../context-options.ts';
import { EXIT } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { reportError } from '../../report-error.ts';

/** Milliseconds: a year, and a day for wherever somebody lives. */
const LONGER_THAN_A_YEAR = 367 * 24 * 60 * 60_000;

/**
 * Keeps the day that a setup token was made on, and says until when it lasts.
 *
 * @param madeAt the beginning of that day in UTC: milliseconds since 1970
 * @param before the token that was set here before that one was made; `null`: none, or the one that is set here is meant
 */
export async function noteDay(
  input: CommandInput,
  madeAt: number,
  before: Fingerprint | null,
): Promise<number> {
  const { terminal, arguments: given, ports } = input;
  const json = given.flag('json');
  const { request } = questionOf(ports, given, 'interactive');
  const noted = await noteSetupToken(await input.signInPorts(), request, madeAt, before);
  if (!noted.ok) {
    await reportError(terminal, json, 'refused', DAY_NOT_KEPT);
    return EXIT.refused;
  }
  const { clock, facts, token } = noted;
  if (json) {
    const endsAt =
      clock?.earliest == null || clock.at === null ? null : { earliest: clock.earliest, at: clock.at };
    const madeOn = new Date(madeAt).toISOString().slice(0, 10);
    printJson(terminal, setupTokenJson({ program: null, madeOn, kept: true, endsAt }));
    return EXIT.answered;
  }
  const calendar = {
    now: facts.takenAt,
    utcOffsetMinutes: (time: number) => -new Date(time).getTimezoneOffset(),
  };
  const longAgo = facts.takenAt - madeAt > LONGER_THAN_A_YEAR ? ` ${DAY_LONG_AGO}` : '';
  const ends = clock === null ? longAgo : ` ${expirySentence(clock, facts, calendar)}`;
  terminal.out(`${wrap(`${DAY_KEPT[token]}${ends}`, terminal.columns).join('\n')}\n`);
  return EXIT.answered;
}
