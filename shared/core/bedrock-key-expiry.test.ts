import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bedrockKeyExpiry } from './bedrock-key-expiry.ts';

const MADE = Date.UTC(2026, 10, 20, 12, 30, 15);
const key = (url: string): string => `bedrock-api-key-${Buffer.from(url).toString('base64')}`;
const signed = (date: string, seconds: string): string =>
  key(
    `bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Date=${date}&X-Amz-Expires=${seconds}&X-Amz-Signature=0`,
  );

test.each([
  ['an hour', signed('20261120T123015Z', '3600'), MADE + 3_600_000],
  ['twelve hours', signed('20261120T123015Z', '43200'), MADE + 43_200_000],
  ['at most twelve hours, whatever it says', signed('20261120T123015Z', '999999'), MADE + 43_200_000],
  ['no date', signed('', '3600'), null],
  ['a date that is none', signed('20261399T123015Z', '3600'), null],
  ['no duration', signed('20261120T123015Z', ''), null],
])('A short-term key lives %s.', (_, text, end) => {
  expect(bedrockKeyExpiry(text)).toBe(end);
});

test.each([
  '',
  'bedrock-api-key-',
  'bedrock-api-key-%%%',
  'ABSKQmVkcm9ja0FQSUtleS1h',
  `x${signed('20261120T123015Z', '3600')}`,
])('Of others nothing is known: %j', (text) => {
  expect(bedrockKeyExpiry(text)).toBeNull();
});

test('No text makes it fail.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const one of [text, `bedrock-api-key-${text}`, key(text)]) {
        const end = bedrockKeyExpiry(one);
        expect(end === null || Number.isInteger(end)).toBe(true);
      }
    }),
  );
});
