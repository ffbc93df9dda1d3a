import type { Expiry } from '../../core/expiry.ts';
import type { NoticeKind } from '../../ipc/snapshot.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { answerSentence } from '../answer-sentence.ts';
import { expirySentence } from '../expiry-sentences.ts';
import type { Calendar } from '../days.ts';
import { payerSentence } from '../payer-sentences.ts';

/** A notification: at most one for each look. */
export interface ChangeNotice {
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
}

/** What is worth a notification between two looks at the same question; the most expensive comes first. */
export function changeNotice(
  before: readonly Inspection[],
  after: readonly Inspection[],
  wanted: Readonly<Record<NoticeKind, boolean>>,
  calendar: Calendar,
): ChangeNotice | null {
  const pairs = after
    .filter(({ context }) => context.mode !== 'bare')
    .flatMap((now) => {
      const then = before.find(({ context }) => context.mode === now.context.mode);
      return then === undefined ? [] : [{ then, now }];
    });
  const metered = pairs.find(({ then, now }) => then.pays !== 'metered' && now.pays === 'metered');
  if (metered !== undefined && wanted.metered) {
    const { now } = metered;
    return { kind: 'metered', title: answerSentence(now), body: payerSentence(now) ?? 'You pay per use.' };
  }
  const moved = pairs.find(({ then, now }) => answerSentence(then) !== answerSentence(now));
  if (moved !== undefined && wanted['winner-changed']) {
    return { kind: 'winner-changed', title: answerSentence(moved.now), body: payerSentence(moved.now) ?? '' };
  }
  const ending = pairs[0];
  if (ending === undefined || !wanted['login-ending']) return null;
  const login = loginOf(ending.now);
  const isNew = login?.state === 'ending-soon' && loginOf(ending.then)?.state !== 'ending-soon';
  return isNew
    ? {
        kind: 'login-ending',
        title: expirySentence(login, ending.now.facts, calendar),
        body: 'Log in again before that; then nothing stops in the middle of your work.',
      }
    : null;
}

const loginOf = ({ expiry }: Inspection): Expiry | undefined => expiry.find(({ kind }) => kind === 'login');
