import { durationPhrase } from '../durations.ts';
import { modesSubject } from '../mode-words.ts';
import { sentence } from '../sentence-case.ts';
import { loginPhrase } from '../source-label.ts';
import type { DescribeConflict } from './conflict-parts.ts';
import { placeOf } from './place-phrases.ts';

/** Conflicts about the Claude login and its store. */

export const loginEnding: DescribeConflict = (conflict, facts) => {
  const { time } = conflict.about;
  const left = time === undefined ? 0 : time - facts.takenAt;
  return {
    title: 'Your login ends soon',
    cause: sentence(
      left > 0
        ? `${loginPhrase(facts)} ends within ${durationPhrase(left, 'up')}`
        : `${loginPhrase(facts)} ends about now`,
    ),
    consequence: isUsed(conflict)
      ? 'Only a new login moves that date.'
      : sentence(`${modesSubject(conflict.modes)} do not send it now, and only a new login moves that date`),
  };
};

export const loginEnded: DescribeConflict = (conflict, facts) => {
  const { detail, time } = conflict.about;
  const login = loginPhrase(facts);
  const past = time === undefined ? null : `${durationPhrase(facts.takenAt - time)} ago`;
  const sure = detail === 'ended';
  return {
    title: sure ? 'Your login has ended' : 'Your login may have ended',
    cause: sentence(
      sure
        ? `${login} has ended`
        : `${login} may have ended: the last moment it could last to ${past === null ? 'has passed' : `was ${past}`}`,
    ),
    consequence: isUsed(conflict)
      ? sentence(
          `${modesSubject(conflict.modes)} still send it, and once its access token has ended only a new login helps`,
        )
      : sentence(`${modesSubject(conflict.modes)} do not send it, and only a new login renews it`),
  };
};

export const loginStub: DescribeConflict = ({ about }, facts) => ({
  title: 'The login store holds no token',
  cause: sentence(`what is left of a login stands in ${placeOf(about.origin, facts)}, without a token in it`),
  consequence: 'Claude Code takes that for not logged in; only a new login helps.',
});

export const storesDiverge: DescribeConflict = () => ({
  title: 'The Keychain and the credentials file hold different logins',
  cause: 'The Keychain and the credentials file both hold a Claude login, and not the same one.',
  consequence: 'Which of them is used can differ from one start of Claude Code to the next.',
});

/** A conflict about a login that is not what is sent is only told. */
const isUsed = ({ severity }: { readonly severity: string }): boolean => severity !== 'info';
