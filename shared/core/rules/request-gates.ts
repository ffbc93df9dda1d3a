import { refuses, type Gate } from './gate.ts';

/** What makes a request fail before it is sent. */
export const REQUEST_GATES: readonly Gate[] = [
  {
    id: 'gate/headers-unusable',
    certainty: 'measured',
    evidence:
      'probes with 60 custom headers and every kind of provider, 2.1.328; one with 2.1.196 and 2.1.73',
    says: 'A custom header whose name or value no request can have fails every request.',
    check: ({ situation: { headersUnusable } }) => (headersUnusable ? refuses('config-broken') : null),
  },
  {
    id: 'gate/base-url-unusable',
    certainty: 'measured',
    evidence: 'probes with 40 addresses, 2.1.328; three of them with 2.1.196 and 2.1.73',
    says: 'A base URL that is no URL for HTTP fails every request; in old versions so does one with a user and a password.',
    check: ({ era, situation: { baseUrl } }) => {
      const address = baseUrl?.address;
      if (address === undefined) return null;
      const fails = !address.usable || (address.login !== null && !era['login-in-address']);
      return fails ? refuses('config-broken') : null;
    },
  },
  {
    id: 'gate/value-not-sendable',
    certainty: 'measured',
    evidence: 'probes with odd characters, 2.1.73, 2.1.196 and 2.1.328',
    says: 'A value with a line end or another character that no header can carry fails the request.',
    check: ({ situation: { unsendable }, authorization, xApiKey }) =>
      [authorization, xApiKey].some((slot) => slot !== null && unsendable.includes(slot.reading))
        ? refuses('config-broken')
        : null,
  },
  {
    id: 'gate/blank-key',
    certainty: 'measured',
    evidence: 'probes with white space, 2.1.73 and 2.1.196',
    says: 'These versions take an API key of white space for a key, and refuse it when nothing else is sent.',
    check: ({ situation: { blank }, authorization, xApiKey }) =>
      authorization === null && xApiKey?.source === 'api-key' && blank.includes(xApiKey.reading)
        ? refuses('not-logged-in')
        : null,
  },
  {
    id: 'gate/helper-unusable',
    certainty: 'measured',
    evidence: 'probe on eleven versions; documentation names 2.1.227',
    says: 'These versions fail the request when the helper’s output is unusable.',
    check: ({ era, authorization, xApiKey }) => {
      if (era['unusable-helper-sent-empty']) return null;
      const failed = [authorization, xApiKey].some(
        (slot) => slot?.run?.ok === false && slot.run.problem === 'several-lines',
      );
      return failed ? refuses('helper-unusable') : null;
    },
  },
];
