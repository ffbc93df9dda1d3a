import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scriptedProvider, type ScriptedProvider } from '../../../e2e/provider/scripted-provider.ts';
import { MOST_UNKNOWN } from '../../../shared/core/sign-in/unknown-fields.ts';
import type { Oidc, OidcAnswer, OidcTokens } from '../../../shared/ports/oidc.ts';
import { northwind } from '../../../shared/testing/northwind.ts';
import { openidOidc } from './openid-oidc.ts';

const KNOWN = new Set(['access_token', 'token_type', 'refresh_token', 'scope', 'id_token', 'expires_in']);
const GOOD = { access_token: 'made-up-access', token_type: 'Bearer' };
let scripted: ScriptedProvider;
let oidc: Oidc;

beforeAll(async () => {
  scripted = await scriptedProvider();
});
beforeEach(() => {
  scripted.reset();
  oidc = openidOidc({ variables: {} });
});
afterAll(() => scripted.close());

/** A renewal that is answered so, as a server writes it. */
async function renewed(text: string): Promise<OidcAnswer<OidcTokens>> {
  scripted.answer('/token', { text });
  const provider = northwind({ issuer: scripted.issuer, scopes: ['offline_access', 'gateway'] });
  return oidc.refresh(provider, 'made-up-refresh');
}

async function tokens(text: string): Promise<OidcTokens> {
  const answer = await renewed(text);
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
}

const odd = fc.oneof(
  fc.constantFrom(0, -1, 1e18, 3600, '3600', '', null, true, 'bearer', 'Bearer', 'DPoP'),
  fc.jsonValue(),
);
const anyAnswer = fc.record(
  {
    access_token: fc.oneof({ weight: 4, arbitrary: fc.constant('made-up-access') }, odd),
    token_type: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('Bearer', 'bearer', 'BEARER') }, odd),
    refresh_token: fc.oneof(fc.constant('made-up-next'), odd),
    expires_in: odd,
    scope: fc.oneof(fc.constantFrom('gateway', 'offline_access gateway', ' '), odd),
    id_token: odd,
  },
  { requiredKeys: ['access_token', 'token_type'] },
);
const unknownFields = fc.dictionary(
  fc
    .oneof(fc.constantFrom('__proto__', 'error', 'then', 'toJSON', 'expires_at'), fc.string())
    .filter((name) => !KNOWN.has(name)),
  fc.jsonValue(),
);

describe('The answer to a renewal', () => {
  test('is a whole token or none, whatever is in it, and what nobody knows is kept as it came.', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswer, unknownFields, async (known, unknown) => {
        const text = JSON.stringify({ ...unknown, ...known });
        const answer = await renewed(text);
        const isToken = typeof known.access_token === 'string' && /^[\x21-\x7e]+$/.test(known.access_token);
        const isBearer = typeof known.token_type === 'string' && known.token_type.toLowerCase() === 'bearer';
        expect([answer.ok, answer.ok ? '' : answer.failure.code]).toEqual(
          isToken && isBearer ? [true, ''] : [false, 'bad-answer'],
        );
        if (!answer.ok) return;
        const { value } = answer;
        expect(value.expiresIn === null || (value.expiresIn > 0 && value.expiresIn <= 315_360_000)).toBe(
          true,
        );
        expect(value.refreshToken === null || value.refreshToken === known.refresh_token).toBe(true);
        const { unknown: kept = {} } = value;
        if (text.length < MOST_UNKNOWN / 6)
          expect(JSON.parse(JSON.stringify(kept))).toEqual(
            Object.fromEntries(
              Object.entries(JSON.parse(text) as object).filter(([name]) => !KNOWN.has(name)),
            ),
          );
        expect(Object.keys(kept).filter((name) => KNOWN.has(name))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('keeps its unknown fields out of what openid-client reads, even where they look like a failure.', async () => {
    const { unknown, accessToken } = await tokens(
      JSON.stringify({
        ...GOOD,
        error: 'invalid_grant',
        error_description: 'not so',
        session_state: 'made-up',
      }),
    );
    expect(accessToken).toBe('made-up-access');
    expect(unknown).toEqual({
      error: 'invalid_grant',
      error_description: 'not so',
      session_state: 'made-up',
    });
  });

  test('with more than anybody needs loses the surplus, and not the token.', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const text = `{"access_token":"made-up-access","token_type":"Bearer","refresh_token":"made-up-next","deep":${deep},"tenant":7,"long":"${'x'.repeat(20_000)}"}`;
    expect(await tokens(text)).toMatchObject({ refreshToken: 'made-up-next', unknown: { tenant: 7 } });
    expect(Object.keys((await tokens(text)).unknown ?? {})).toEqual(['tenant']);
  });

  test('without any says nothing of them.', async () => {
    expect(Object.keys(await tokens(JSON.stringify({ ...GOOD, id_token: 'made.up.one' })))).not.toContain(
      'unknown',
    );
  });

  test('with fewer scopes tells those, and never what was asked for.', async () => {
    expect((await tokens(JSON.stringify({ ...GOOD, scope: 'gateway' }))).scopes).toEqual(['gateway']);
    expect((await tokens(JSON.stringify(GOOD))).scopes).toBe(null);
  });
});
