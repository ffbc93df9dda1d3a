import type { LiveCheck, LiveReason } from '../core/live-check.ts';

const WHY: { readonly [Why in Exclude<LiveReason, 'other-answer'>]: string } = {
  'no-api-key': 'no API key of your own would be sent here',
  'from-project': 'the key or the address comes with the folder, and nothing is sent for that',
  'not-readable': 'where the key or its address stands it could not be read again',
  'bad-address': 'the address is neither https nor on this machine',
  'no-connection': 'there was no connection',
  'not-trusted': 'the server’s certificate is not trusted',
  'timed-out': 'there was no answer in time',
};

/** What a live check says, in one clause without a full stop. */
export function liveCheckSentence({ state, why, status }: LiveCheck): string {
  if (state === 'stale') return 'the server refuses the API key';
  if (state === 'accepted') return 'the server accepts the API key';
  if (why !== null && why !== 'other-answer') return `cannot tell: ${WHY[why]}`;
  return `cannot tell: the server answered ${status ?? 'something else'}`;
}
