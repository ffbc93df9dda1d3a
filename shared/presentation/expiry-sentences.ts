import type { Expiry, ExpiryKind } from '../core/expiry.ts';
import type { Facts } from '../core/facts.ts';
import type { Inspection } from '../usecases/inspect.ts';
import {
  betweenDays,
  formatDay,
  formatDays,
  isDate,
  momentPhrase,
  type Calendar,
  type UtcOffset,
} from './days.ts';
import { relativePhrase } from './durations.ts';
import { printable } from './printable.ts';
import { sentence } from './sentence-case.ts';
import { loginPhrase, planName } from './source-label.ts';

/** Every clock in words, in the order of the inspection. */
export function expirySentences(inspection: Inspection, utcOffsetMinutes: UtcOffset = 0): readonly string[] {
  const { expiry, facts } = inspection;
  const calendar: Calendar = { now: facts.takenAt, utcOffsetMinutes };
  return expiry.map((clock) => expirySentence(clock, facts, calendar));
}

/** One clock in a sentence: “Your Max login ends between 10 and 13 December.” */
export function expirySentence(expiry: Expiry, facts: Facts, calendar: Calendar): string {
  const subject = SUBJECTS[expiry.kind](facts, expiry);
  return sentence(predicate(expiry, calendar, subject));
}

/** One clock as a label: “ends 10 to 13 December”, “renews itself”. */
export function expiryLabel(expiry: Expiry, calendar: Calendar): string {
  const { state, earliest, at } = expiry;
  const day = isDate(at) ? formatDay(at, calendar) : null;
  switch (state) {
    case 'renews-itself':
      return 'renews itself';
    case 'unknown':
      return 'end not known';
    case 'ended':
      return 'has ended';
    case 'probably-ended':
      return 'may have ended';
    case 'fine':
      return isDate(earliest) && isDate(at) && isBand(expiry)
        ? `ends ${formatDays(earliest, at, calendar)}`
        : day === null
          ? 'end not known'
          : `ends ${moment(expiry, at ?? 0, calendar)}`;
    case 'ending-soon':
      return day === null
        ? 'ends soon'
        : isBand(expiry)
          ? isDate(earliest) && earliest > calendar.now
            ? `ends ${formatDays(earliest, at ?? 0, calendar)}`
            : `ends any day now, by ${day}`
          : `ends ${moment(expiry, at ?? 0, calendar)}`;
  }
}

function predicate(expiry: Expiry, calendar: Calendar, subject: string): string {
  const { state, earliest, at, kind } = expiry;
  switch (state) {
    case 'renews-itself':
      // For AWS SSO the date is that of the registration with which it renews itself.
      return kind === 'aws-sso' && isDate(at)
        ? `${subject} renews itself until ${formatDay(at, calendar)}`
        : `${subject} renews itself`;
    case 'unknown':
      return kind === 'setup-token'
        ? `${subject} does not say when it ends; one made by “claude setup-token” lasts a year`
        : `when ${subject} ends is not known`;
    case 'ended':
      return isPast(expiry, calendar)
        ? `${subject} ended ${moment(expiry, at ?? 0, calendar)}`
        : `${subject} has ended`;
    case 'probably-ended':
      return isDate(earliest) && isDate(at)
        ? `${subject} may have ended: ${betweenDays(earliest, at, calendar)}`
        : `${subject} may have ended`;
    case 'ending-soon':
      if (!isDate(at)) return `${subject} ends soon`;
      if (at <= calendar.now) return `${subject} ends about now`;
      if (isDate(earliest) && isBand(expiry) && earliest > calendar.now)
        return `${subject} ends ${betweenDays(earliest, at, calendar)}, ${relativePhrase(earliest, calendar.now)} at the earliest`;
      return isBand(expiry)
        ? `${subject} ends any day now, by ${formatDay(at, calendar)}`
        : `${subject} ends ${moment(expiry, at, calendar)}, ${relativePhrase(at, calendar.now)}`;
    case 'fine':
      if (!isDate(at)) return `when ${subject} ends is not known`;
      return isDate(earliest) && isBand(expiry)
        ? `${subject} ends ${betweenDays(earliest, at, calendar)}`
        : `${subject} ends ${moment(expiry, at, calendar)}, ${relativePhrase(at, calendar.now)}`;
  }
}

/** An upper bound is a latest moment, not the moment. */
const moment = ({ certainty }: Expiry, at: number, calendar: Calendar): string =>
  momentPhrase(at, calendar, certainty === 'upper-bound');

const isBand = ({ earliest, at }: Expiry): boolean => earliest !== null && at !== null && earliest < at;

const isPast = ({ at }: Expiry, { now }: Calendar): boolean => isDate(at) && at <= now;

/** What a clock is of; begins or continues a sentence. */
const SUBJECTS: { readonly [Kind in ExpiryKind]: (facts: Facts, expiry: Expiry) => string } = {
  login: loginPhrase,
  access: (facts) => `the access token of your ${planName(facts.store.login?.plan) ?? 'Claude'} login`,
  'setup-token': () => 'the OAuth token',
  token: (_facts, { source }) => (source === 'auth-token' ? 'the auth token' : 'the cloud provider’s token'),
  profile: ({ profiles }) =>
    profiles.selected === null
      ? 'the profile’s token'
      : `the token of the profile “${printable(profiles.selected.name, 32)}”`,
  'aws-sso': () => 'the AWS SSO sign-in',
  'aws-login': () => 'the AWS sign-in',
  'bedrock-key': () => 'the Bedrock API key',
  gcp: () => 'the Google Cloud sign-in',
  azure: () => 'the Azure sign-in',
  organisation: ({ organisation }) =>
    organisation === null ? 'the organisation’s token' : `your sign-in to ${organisation.provider}`,
  'helper-cache': () => 'the helper’s kept output',
};
