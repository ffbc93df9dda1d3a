import { afterEach, describe, test } from 'vitest';
import { startProvider } from '../../../e2e/provider/start-provider.mjs';
import { northwind } from '../../../shared/testing/northwind.ts';
import { oidcContract } from '../../../shared/testing/oidc-contract.ts';
import { openidOidc } from './openid-oidc.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

describe('As every provider', () => {
  const cases = oidcContract(async ({ scopes = ['openid', 'email'], ...options }) => {
    const lab = await startProvider(options);
    ends.push(lab.close);
    return {
      oidc: openidOidc({ variables: {} }),
      provider: northwind({ scopes, issuer: lab.issuer, clientId: lab.clientId }),
      signIn: async ({ authorizationUrl }, yes) =>
        new URL(await lab.signIn(authorizationUrl, { deny: !yes })).search.slice(1),
      answerDevice: ({ userCode }, yes) => lab.approveDevice(userCode, { deny: !yes }),
      isStillGood: lab.isStillGood,
    };
  });
  test.each(cases)('$title', ({ run }) => run());
});
