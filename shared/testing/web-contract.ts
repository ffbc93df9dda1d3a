import type { Web, WebAnswer } from '../ports/web.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** What a server of the contract does with each request. */
export type ServerBehaviour =
  | { readonly status: number; readonly after?: number; readonly location?: string; readonly endless?: true }
  | { readonly resets: true }
  | { readonly notTrusted: true };

/** A server that is up, or `null`: nothing listens where it would be. */
export type PutServer = (behaviour: ServerBehaviour | null) => Promise<{
  readonly web: Web;
  /** Without a path. */
  readonly url: string;
  /** How many requests have come. */
  readonly asked: () => number;
}>;

const HEADERS = { 'x-api-key': 'made-up' };
const DEADLINE = 5_000;

/** What one request must be. */
export function webContract(put: PutServer): readonly ContractCase[] {
  const answers = (
    title: string,
    behaviour: ServerBehaviour | null,
    expected: WebAnswer,
    { asked = 1, deadline = DEADLINE }: { readonly asked?: number; readonly deadline?: number } = {},
  ): ContractCase => ({
    title,
    run: async () => {
      const server = await put(behaviour);
      const answer = await server.web.head({ url: `${server.url}/v1/models`, headers: HEADERS, deadline });
      assertEqual(answer, expected);
      assertEqual(server.asked(), asked, 'How often it was asked');
    },
  });
  return [
    ...[200, 204, 401, 403, 404, 429, 500, 529].map((status) =>
      answers(`The status is told: ${String(status)}.`, { status }, { state: 'answered', status }),
    ),
    ...[301, 302, 303, 307, 308].map((status) =>
      answers(
        `A redirect is an answer and is not followed: ${String(status)}.`,
        { status, location: '/elsewhere' },
        { state: 'answered', status },
      ),
    ),
    answers(
      'A body that does not end is not waited for.',
      { status: 200, endless: true },
      { state: 'answered', status: 200 },
    ),
    answers(
      'An answer that is late is none.',
      { status: 200, after: 3_000 },
      { state: 'timed-out' },
      { deadline: 200 },
    ),
    answers(
      'A connection that breaks is none, and nothing is asked again.',
      { resets: true },
      { state: 'no-connection' },
    ),
    answers('Where nobody listens there is no connection.', null, { state: 'no-connection' }, { asked: 0 }),
    answers(
      'Nothing is sent to whom cannot be trusted.',
      { notTrusted: true },
      { state: 'not-trusted' },
      { asked: 0 },
    ),
    ...[
      'http://example.test/',
      'http://127.0.0.1.example.test/',
      'http://localhost.example.test/',
      'http://10.0.0.1/',
      'https://user:password@127.0.0.1/',
      'ftp://127.0.0.1/',
      'file:///etc/passwd',
      'example.test',
      'https://',
      '',
    ].map((url): ContractCase => ({
      title: `No key goes there: “${url}”.`,
      run: async () => {
        const { web, asked } = await put({ status: 200 });
        assertEqual(await web.head({ url, headers: HEADERS, deadline: DEADLINE }), { state: 'bad-address' });
        assertEqual(asked(), 0);
      },
    })),
  ];
}
