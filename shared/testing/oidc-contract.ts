import type { OidcProvider } from '../core/sign-in/oidc-provider.ts';
import type { Oidc, OidcAnswer, OidcAttempt, OidcDevice, OidcTokens } from '../ports/oidc.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

export interface OidcScene {
  readonly oidc: Oidc;
  readonly provider: OidcProvider;
  /** The person at the page; gives the query that the browser comes back with. */
  readonly signIn: (attempt: OidcAttempt, yes: boolean) => Promise<string>;
  readonly answerDevice: (device: OidcDevice, yes: boolean) => Promise<void>;
  /** As the provider sees it. */
  readonly isStillGood: (token: string) => Promise<boolean>;
}

export interface OidcSceneOptions {
  readonly rotates?: false;
  readonly revocation?: false;
  readonly deviceFlow?: false;
  /** In addition to `openid`, or instead of it. */
  readonly scopes?: readonly string[];
}

const REDIRECT = 'http://127.0.0.1:5/callback';

/** What signing in with a provider must be. */
export function oidcContract(
  put: (options: OidcSceneOptions) => Promise<OidcScene>,
): readonly ContractCase[] {
  const one = (
    title: string,
    run: (scene: OidcScene) => Promise<void>,
    options: OidcSceneOptions = {},
  ): ContractCase => ({ title, run: async () => run(await put(options)) });

  return [
    one('What a provider offers is told.', async ({ oidc, provider }) => {
      const { issuer, offersDevice, offersRevocation, offersS256, tellsIssuer } = got(
        await oidc.discover(provider),
      );
      assertEqual(
        { issuer, offersDevice, offersRevocation, offersS256, tellsIssuer },
        {
          issuer: provider.issuer,
          offersDevice: true,
          offersRevocation: true,
          offersS256: true,
          tellsIssuer: true,
        },
      );
    }),
    one(
      'So is what it does not offer.',
      async ({ oidc, provider }) => {
        const { offersDevice, offersRevocation } = got(await oidc.discover(provider));
        assertEqual({ offersDevice, offersRevocation }, { offersDevice: false, offersRevocation: false });
      },
      { revocation: false, deviceFlow: false },
    ),
    one('Two attempts share no secret.', async ({ oidc, provider }) => {
      const [a, b] = [got(await oidc.begin(provider, REDIRECT)), got(await oidc.begin(provider, REDIRECT))];
      for (const attempt of [a, b]) {
        assertEqual(/^[A-Za-z0-9._~-]{43,128}$/.test(attempt.codeVerifier), true, 'The form of the verifier');
        assertEqual(
          attempt.authorizationUrl.includes(attempt.codeVerifier),
          false,
          'Whether the verifier is told',
        );
        assertEqual(attempt.authorizationUrl.includes(attempt.state), true, 'Whether the state is told');
        assertEqual(attempt.redirectUri, REDIRECT);
        assertEqual(attempt.nonce === null, false, 'Whether there is no nonce');
      }
      assertEqual(
        [a.state === b.state, a.codeVerifier === b.codeVerifier, a.nonce === b.nonce],
        [false, false, false],
      );
    }),
    one(
      'A nonce goes with an ID token only.',
      async ({ oidc, provider, signIn, isStillGood }) => {
        const attempt = got(await oidc.begin(provider, REDIRECT));
        assertEqual(attempt.nonce, null);
        const tokens = got(await oidc.finish(attempt, await signIn(attempt, true)));
        assertEqual(await isStillGood(tokens.accessToken), true);
      },
      { scopes: ['gateway'] },
    ),
    one('A code becomes tokens that are good.', async (scene) => {
      const { accessToken, refreshToken, account } = await signedIn(scene);
      assertEqual(account, 'petra@northwind.example');
      assertEqual([await scene.isStillGood(accessToken), await good(scene, refreshToken)], [true, true]);
    }),
    one('A callback counts once.', async (scene) => {
      const { oidc, provider, signIn } = scene;
      const attempt = got(await oidc.begin(provider, REDIRECT));
      const query = await signIn(attempt, true);
      const tokens = got(await oidc.finish(attempt, query));
      assertEqual(codeOf(await oidc.finish(attempt, query)), 'bad-callback');
      assertEqual(await scene.isStillGood(tokens.accessToken), true);
    }),
    ...STRANGE.map(({ title, of }) =>
      one(`${title} is no callback, and the attempt goes on.`, async ({ oidc, provider, signIn }) => {
        const attempt = got(await oidc.begin(provider, REDIRECT));
        const other = got(await oidc.begin(provider, REDIRECT));
        const query = await signIn(attempt, true);
        assertEqual(codeOf(await oidc.finish(attempt, of(query, attempt, other))), 'bad-callback');
        got(await oidc.finish(attempt, query));
      }),
    ),
    one('Who says no has said no.', async ({ oidc, provider, signIn }) => {
      const attempt = got(await oidc.begin(provider, REDIRECT));
      assertEqual(codeOf(await oidc.finish(attempt, await signIn(attempt, false))), 'denied');
    }),
    one('A refresh token is good once where the provider gives a new one.', async (scene) => {
      const first = await signedIn(scene);
      const second = got(await scene.oidc.refresh(scene.provider, first.refreshToken ?? ''));
      assertEqual(second.accessToken === first.accessToken, false);
      assertEqual(
        [await good(scene, first.refreshToken), await good(scene, second.refreshToken)],
        [false, true],
      );
      const again = await scene.oidc.refresh(scene.provider, first.refreshToken ?? '');
      assertEqual(codeOf(again), 'invalid-grant');
      assertEqual(again.ok ? null : again.failure.status, 400);
    }),
    one(
      'Where it gives none, the one before stays good.',
      async (scene) => {
        const first = await signedIn(scene);
        const second = got(await scene.oidc.refresh(scene.provider, first.refreshToken ?? ''));
        assertEqual(await scene.isStillGood(second.accessToken), true);
        assertEqual(second.refreshToken ?? first.refreshToken, first.refreshToken);
        assertEqual(await good(scene, first.refreshToken), true);
      },
      { rotates: false },
    ),
    one('A token that nobody gave is not good.', async ({ oidc, provider }) => {
      assertEqual(codeOf(await oidc.refresh(provider, 'made-up-and-unknown')), 'invalid-grant');
    }),
    one('What is revoked is not good any more.', async (scene) => {
      const { refreshToken } = await signedIn(scene);
      assertEqual(got(await scene.oidc.revoke(scene.provider, refreshToken ?? '', 'refresh')), 'revoked');
      assertEqual(await good(scene, refreshToken), false);
      assertEqual(codeOf(await scene.oidc.refresh(scene.provider, refreshToken ?? '')), 'invalid-grant');
    }),
    one('Revoking what is not known is no failure.', async ({ oidc, provider }) => {
      assertEqual(got(await oidc.revoke(provider, 'made-up-and-unknown', 'refresh')), 'revoked');
    }),
    one(
      'Where nothing can be revoked that is said, and nothing is done.',
      async (scene) => {
        const { refreshToken } = await signedIn(scene);
        assertEqual(
          got(await scene.oidc.revoke(scene.provider, refreshToken ?? '', 'refresh')),
          'not-offered',
        );
        assertEqual(await good(scene, refreshToken), true);
      },
      { revocation: false },
    ),
    one('A device waits until somebody says yes.', async (scene) => {
      const { oidc, provider } = scene;
      const device = got(await oidc.beginDevice(provider));
      assertEqual([device.userCode !== '', device.expiresIn > 0, device.interval > 0], [true, true, true]);
      assertEqual(codeOf(await oidc.askDevice(device)), 'pending');
      assertEqual(codeOf(await oidc.askDevice(device)), 'pending');
      await scene.answerDevice(device, true);
      const tokens = got(await oidc.askDevice(device));
      assertEqual(await scene.isStillGood(tokens.accessToken), true);
      assertEqual(codeOf(await oidc.askDevice(device)), 'invalid-grant');
    }),
    one('Or no.', async ({ oidc, provider, answerDevice }) => {
      const device = got(await oidc.beginDevice(provider));
      await answerDevice(device, false);
      assertEqual(codeOf(await oidc.askDevice(device)), 'denied');
    }),
    one(
      'Where there are no device codes, none is asked for.',
      async ({ oidc, provider }) => {
        assertEqual(codeOf(await oidc.beginDevice(provider)), 'refused');
      },
      { deviceFlow: false },
    ),
  ];
}

/** What is not an answer to an attempt, made of one that is. */
const STRANGE: readonly {
  readonly title: string;
  readonly of: (query: string, attempt: OidcAttempt, other: OidcAttempt) => string;
}[] = [
  { title: 'Nothing', of: () => '' },
  { title: 'No state', of: (query, { state }) => query.replace(`state=${state}`, 'x=y') },
  { title: 'An empty state', of: (query, { state }) => query.replace(`state=${state}`, 'state=') },
  { title: 'Another state', of: (query, { state }) => query.replace(`state=${state}`, `state=${state}x`) },
  {
    title: 'Another attempt’s state',
    of: (query, { state }, other) => query.replace(`state=${state}`, `state=${other.state}`),
  },
  { title: 'The state twice', of: (query, { state }) => `${query}&state=${state}` },
  { title: 'The code twice', of: (query) => `${query}&code=other` },
  { title: 'A code and an error', of: (query) => `${query}&error=access_denied` },
  { title: 'An error with another state', of: (_, { state }) => `error=access_denied&state=${state}x` },
  { title: 'An error without a state', of: () => 'error=access_denied' },
  { title: 'A state alone', of: (_, { state }) => `state=${state}` },
];

async function signedIn({ oidc, provider, signIn }: OidcScene): Promise<OidcTokens> {
  const attempt = got(await oidc.begin(provider, REDIRECT));
  return got(await oidc.finish(attempt, await signIn(attempt, true)));
}

async function good({ isStillGood }: OidcScene, token: string | null): Promise<boolean> {
  return token !== null && (await isStillGood(token));
}

function got<Value>(answer: OidcAnswer<Value>): Value {
  if (!answer.ok) throw new Error(`It failed: ${answer.failure.code}`);
  return answer.value;
}

function codeOf(answer: OidcAnswer<unknown>): string {
  return answer.ok ? 'It went well' : answer.failure.code;
}
