import type { Conflict } from '../../core/conflict.ts';
import type { Facts } from '../../core/facts.ts';
import { CLOUD_PROVIDERS } from '../../core/provider.ts';
import { effective } from '../../core/settings/effective.ts';
import { PROVIDER_SWITCHES } from '../../core/sources/cloud-provider.ts';
import { hostOf, otherHost } from '../base-url-words.ts';
import { helperProblem } from '../helper-problems.ts';
import { modesSubject } from '../mode-words.ts';
import { sentence } from '../sentence-case.ts';
import { isOwnPlan, loginPhrase, sourcePhrase } from '../source-label.ts';
import type { DescribeConflict } from './conflict-parts.ts';
import { fromPlace, placeOf } from './place-phrases.ts';

/** Conflicts about what leaves the machine, and where to. */

export const meteredOverSubscription: DescribeConflict = (conflict, facts) => {
  const runs = modesSubject(conflict.modes);
  const failed = failedRun(conflict, facts);
  const what = sourceWithPlace(conflict, facts);
  return {
    title:
      failed !== null
        ? `${sentence(loginPhrase(facts)).slice(0, -1)} is not used`
        : isOwnPlan(facts.store.login?.plan)
          ? 'You pay twice'
          : 'You pay per use beside a Claude login',
    cause: sentence(
      failed === null
        ? `${runs} send ${what}, and you pay for it per use`
        : `${runs} count on ${what}, which is paid per use, but the helper ${failed}`,
    ),
    // With a profile in between, clearing a Console key would not bring the login into use.
    consequence: sentence(
      conflict.about.source === 'console-key'
        ? `${loginPhrase(facts)} is not used`
        : `${loginPhrase(facts)} could do the work`,
    ),
  };
};

/** What went wrong when the helper was run, if it is what the conflict is about. */
function failedRun({ about }: Conflict, { helpers }: Facts): string | null {
  if (about.source !== 'api-key-helper') return null;
  const run = helpers.find((helper) => helper.run !== null)?.run;
  return run?.ok === false ? helperProblem(run.problem) : null;
}

export const twoCredentialsSent: DescribeConflict = (conflict, facts) => {
  const { about, modes } = conflict;
  const second = about.other === undefined ? 'another credential' : sourcePhrase(about.other, facts);
  const both =
    about.source === about.other
      ? `two different credentials${fromPlace(about.origin, facts)}`
      : `${sourceWithPlace(conflict, facts)} and ${second}${fromPlace(about.otherOrigin, facts)}`;
  const host = cloudIsOn(facts) ? null : otherHost(facts, 'firstParty');
  return {
    title: 'Two credentials in one request',
    cause: sentence(`${modesSubject(modes)} send ${both} in one request`),
    consequence: sentence(`which of them counts is up to ${host ?? 'the server'}`),
  };
};

export const loginSentElsewhere: DescribeConflict = (conflict, facts) => {
  const { about, modes } = conflict;
  const what = about.source === undefined ? loginPhrase(facts) : sourcePhrase(about.source, facts);
  const host = hostOf(about.detail) ?? 'an address that is not a URL';
  return {
    title:
      about.source === 'oauth-token'
        ? 'The OAuth token goes to another host'
        : 'Your Claude login goes to another host',
    cause: sentence(
      `${modesSubject(modes)} send ${what} to ${host}, because ${placeOf(about.origin, facts)} sets that address`,
    ),
    consequence: 'Whoever answers there gets the token and can use it.',
  };
};

export const policyBlocks: DescribeConflict = (conflict, facts) =>
  (
    LIMITS[conflict.about.name ?? ''] ?? (facts.policy?.demands === 'gateway' ? gatewayDemanded : loginForced)
  )(conflict, facts);

const versionDemanded: DescribeConflict = ({ about, modes }, facts) => ({
  title: 'Managed settings demand another version',
  cause: sentence(
    `${about.name ?? 'a version limit'} in ${placeOf(about.origin, facts)} does not allow this version of Claude Code`,
  ),
  consequence: sentence(`${modesSubject(modes)} refuse to start`),
});

const providerForbidden: DescribeConflict = ({ about, modes }, facts) => ({
  title: 'Managed settings do not allow this provider',
  cause: sentence(
    `${about.name ?? 'a list of providers'} in ${placeOf(about.origin, facts)} leaves out the provider or address that is set here`,
  ),
  consequence: sentence(`${modesSubject(modes)} refuse to start`),
});

const gatewayDemanded: DescribeConflict = ({ about, modes }, facts) => ({
  title: 'Managed settings demand a sign-in to a gateway',
  cause: sentence(
    `${about.name ?? 'a login policy'} in ${placeOf(about.origin, facts)} demands a sign-in to a gateway`,
  ),
  consequence: sentence(`${modesSubject(modes)} send no other credential`),
});

const loginForced: DescribeConflict = ({ about, modes }, facts) => ({
  title: 'Managed settings forbid what is set here',
  cause: sentence(
    `${about.name ?? 'a login policy'} in ${placeOf(about.origin, facts)} says how to log in, but a key, token or helper is set`,
  ),
  consequence: sentence(`${modesSubject(modes)} refuse to start`),
});

const LIMITS: Readonly<Record<string, DescribeConflict>> = {
  requiredMinimumVersion: versionDemanded,
  requiredMaximumVersion: versionDemanded,
  allowedProviders: providerForbidden,
  forceLoginGatewayUrl: gatewayDemanded,
};

/** “the API key from ~/.zshrc:42”; a login and a profile need no place. */
function sourceWithPlace({ about }: Conflict, facts: Facts): string {
  if (about.source === undefined) return 'a credential';
  const phrase = sourcePhrase(about.source, facts);
  return about.source === 'claude-login' || about.source === 'profile'
    ? phrase
    : `${phrase}${fromPlace(about.origin, facts)}`;
}

/** Whether requests go to a provider, so that Anthropic’s base URL says nothing about them. */
function cloudIsOn({ layers }: Facts): boolean {
  return CLOUD_PROVIDERS.some(
    (provider) => effective(layers, PROVIDER_SWITCHES[provider])?.entry.on === true,
  );
}
