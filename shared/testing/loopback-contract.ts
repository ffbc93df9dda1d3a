import type { LandingPage, Loopback, LoopbackRequest, LoopbackServer } from '../ports/loopback.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** A loopback, and a browser that comes back to it. */
export type PutLoopback = () => {
  readonly loopback: Loopback;
  /** The title of the page that the browser ends up on; `null`: nothing listens. */
  readonly comes: (server: LoopbackServer, query: string) => Promise<string | null>;
};

export const CONTRACT_PAGES = {
  done: { title: 'You are signed in.', text: ['This page can go.'], went: 'well' },
  notThis: { title: 'This is another sign-in.', text: ['Nothing happened.'], went: 'wrong' },
  already: { title: 'This was answered already.', text: [], went: 'wrong' },
} as const satisfies Record<string, LandingPage>;

const { done, notThis, already } = CONTRACT_PAGES;
const RIGHT = 'code=made-up-code&state=right';
const WRONG = 'error=access_denied&error_description=no&state=wrong';

/** What one place to come back to must be. */
export function loopbackContract(put: PutLoopback): readonly ContractCase[] {
  interface Scene {
    readonly server: LoopbackServer;
    readonly comes: (query: string) => Promise<string | null>;
    /** Queries that were handed on. */
    readonly taken: readonly string[];
    /** Queries that were asked about. */
    readonly asked: readonly string[];
  }
  const scene = (
    title: string,
    act: (scene: Scene) => Promise<void>,
    own: Partial<LoopbackRequest> = {},
  ): ContractCase => ({
    title,
    run: async () => {
      const { loopback, comes } = put();
      const taken: string[] = [];
      const asked: string[] = [];
      const server = await loopback.listen({
        path: '/callback',
        accepts: (query) => {
          asked.push(query);
          return query.includes('state=right');
        },
        onCallback: (query) => {
          taken.push(query);
          return Promise.resolve(done);
        },
        pages: { notThis, already },
        ...own,
      });
      if (server === null) throw new Error('There is no socket.');
      try {
        await act({ server, comes: (query) => comes(server, query), taken, asked });
      } finally {
        await server.close();
      }
    },
  });
  return [
    scene('It comes back to this address, and to no name.', ({ server }) => {
      assertEqual(server.redirectUri, `http://127.0.0.1:${String(server.port)}/callback`);
      assertEqual(server.turnedAway(), 0);
      return Promise.resolve();
    }),
    scene(
      'The path is the registered one.',
      async ({ server, comes }) => {
        assertEqual(server.redirectUri, `http://127.0.0.1:${String(server.port)}/oauth2/Redirect`);
        assertEqual(await comes(RIGHT), done.title);
      },
      { path: '/oauth2/Redirect' },
    ),
    scene('The first that is accepted is handed on as it came.', async ({ server, comes, taken }) => {
      assertEqual(await comes(RIGHT), done.title);
      assertEqual(taken, [RIGHT]);
      assertEqual(server.turnedAway(), 0);
    }),
    scene('A second one is told so, and has no effect.', async ({ server, comes, taken }) => {
      await comes(RIGHT);
      assertEqual(await comes(RIGHT), already.title);
      assertEqual(await comes(`${RIGHT}&more`), already.title);
      assertEqual(taken, [RIGHT]);
      assertEqual(server.turnedAway(), 2);
    }),
    scene('Of many at once one is taken.', async ({ server, comes, taken }) => {
      const titles = await Promise.all(Array.from({ length: 8 }, () => comes(RIGHT)));
      assertEqual(titles.filter((title) => title === done.title).length, 1);
      assertEqual(titles.filter((title) => title === already.title).length, 7);
      assertEqual(taken, [RIGHT]);
      assertEqual(server.turnedAway(), 7);
    }),
    scene('What is not of this attempt leaves it alive.', async ({ server, comes, taken }) => {
      for (const query of [WRONG, '', 'state=', 'error=access_denied', 'code=x&state=other']) {
        assertEqual(await comes(query), notThis.title, query);
      }
      assertEqual(taken, []);
      assertEqual(server.turnedAway(), 5);
      assertEqual(await comes(RIGHT), done.title);
      assertEqual(taken, [RIGHT]);
    }),
    scene('It is told that something is not of this attempt afterwards, too.', async ({ comes }) => {
      await comes(RIGHT);
      assertEqual(await comes(WRONG), notThis.title);
    }),
    ...[
      'code=%zz',
      'code=%',
      'code=%ff%00',
      'code=a%0d%0aset-cookie:%20a',
      'code=a+b&&&=&;',
      'a?b?c',
      '__proto__[x]=1',
      `code=${'a'.repeat(8_000)}`,
    ].map((query) =>
      scene(
        `Nothing in a query is looked into: “${query.slice(0, 32)}”.`,
        async ({ comes, taken, asked }) => {
          assertEqual(await comes(query), notThis.title);
          assertEqual(asked.includes(query), true, 'Whether it was asked about as it came');
          assertEqual(await comes(`${RIGHT}&${query}`), done.title);
          assertEqual(taken, [`${RIGHT}&${query}`]);
        },
      ),
    ),
    scene(
      'An attempt that cannot say whether a query is its own does not accept it.',
      async ({ server, comes, taken }) => {
        assertEqual(await comes(RIGHT), notThis.title);
        assertEqual(taken, []);
        assertEqual(server.turnedAway(), 1);
      },
      {
        accepts: () => {
          throw new Error('Made up.');
        },
      },
    ),
    {
      title: 'The page is shown when the exchange has settled, and not before.',
      run: async () => {
        const order: string[] = [];
        let settle: (page: LandingPage) => void = () => undefined;
        let isTaken: () => void = () => undefined;
        const taken = new Promise<void>((resolve) => (isTaken = resolve));
        const onCallback = (): Promise<LandingPage> => {
          isTaken();
          return new Promise((resolve) => (settle = resolve));
        };
        await scene(
          '',
          async ({ comes }) => {
            const shown = comes(RIGHT).then((title) => {
              order.push('shown');
              return title;
            });
            await taken;
            // Another one in between does not wait with it.
            assertEqual(await comes(RIGHT), already.title);
            order.push('settled');
            settle(done);
            assertEqual(await shown, done.title);
            assertEqual(order, ['settled', 'shown']);
          },
          { onCallback },
        ).run();
      },
    },
    scene(
      'After it was closed nothing listens; closing again is no harm.',
      async ({ server, comes, taken }) => {
        await Promise.all([server.close(), server.close()]);
        await server.close();
        assertEqual(await comes(RIGHT), null);
        assertEqual(taken, []);
      },
    ),
    scene('It can be closed when everything is done.', async ({ server, comes }) => {
      await comes(RIGHT);
      await server.close();
      assertEqual(await comes(RIGHT), null);
    }),
    {
      title: 'An exchange that does not end keeps nothing open.',
      run: async () => {
        let isTaken: () => void = () => undefined;
        const taken = new Promise<void>((resolve) => (isTaken = resolve));
        const onCallback = (): Promise<LandingPage> => {
          isTaken();
          return new Promise(() => undefined);
        };
        await scene(
          '',
          async ({ server, comes }) => {
            const never = comes(RIGHT);
            never.catch(() => undefined);
            await taken;
            await server.close();
            assertEqual(await comes(RIGHT), null);
          },
          { onCallback },
        ).run();
      },
    },
  ];
}
