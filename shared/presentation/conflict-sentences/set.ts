import { effective } from '../../core/settings/effective.ts';
import { HELPER_SETTING } from '../../core/sources/api-key-helper.ts';
import { BASE_URL } from '../../core/sources/steering.ts';
import { modesSubject } from '../mode-words.ts';
import { sentence } from '../sentence-case.ts';
import { loginPhrase, providerName, sourcePhrase } from '../source-label.ts';
import type { DescribeConflict } from './conflict-parts.ts';
import { fromPlace, placeOf } from './place-phrases.ts';

/** Conflicts about what is set, and where. */

export const keyAwaitsApproval: DescribeConflict = ({ about }, facts) => ({
  title: 'Claude Code will ask about the API key',
  cause: sentence(
    `nobody has answered yet whether interactive sessions may use the API key${fromPlace(about.origin, facts)}`,
  ),
  consequence: 'Interactive sessions ask first; print runs do not ask.',
});

export const keyDeclined: DescribeConflict = ({ about }, facts) => ({
  title: 'Interactive sessions pass over the API key',
  cause: sentence(
    `the API key${fromPlace(about.origin, facts)} was declined when Claude Code asked about it`,
  ),
  consequence:
    'Interactive sessions do not use it and do not say so; print runs take no notice of that answer.',
});

export const staleKey: DescribeConflict = ({ about }, facts) => ({
  title: 'The API key is stale',
  cause: sentence(`a live check says that the API key${fromPlace(about.origin, facts)} is refused`),
  consequence: 'Requests with it fail until it is replaced or cleared.',
});

export const providerHidesLogin: DescribeConflict = ({ about, modes }, facts) => {
  const provider = providerName(about.detail);
  const hidden = about.other === undefined ? loginPhrase(facts) : sourcePhrase(about.other, facts);
  return {
    title:
      about.other === 'claude-login' ? `${provider} hides your Claude login` : `${provider} hides ${hidden}`,
    cause: sentence(
      `${about.name ?? 'its switch'} is on in ${placeOf(about.origin, facts)}, so ${lower(modesSubject(modes))} use ${provider}`,
    ),
    consequence: sentence(`${hidden} is not used`),
  };
};

export const providerWithoutCredential: DescribeConflict = ({ about }, facts) => {
  const provider = providerName(about.detail);
  return {
    title: `No credential for ${provider} was found`,
    cause: sentence(
      `${about.name ?? 'its switch'} is on in ${placeOf(about.origin, facts)}, but no credential for ${provider} was found`,
    ),
    consequence:
      'Other parts of its default chain, such as a metadata service, could still give one; Credence does not ask them.',
  };
};

export const settingsOverrideShell: DescribeConflict = ({ about }, facts) => {
  const name = about.name ?? 'A variable';
  const cancels = effective(facts.layers, name)?.entry.state !== 'value';
  return {
    title: cancels ? `Settings cancel ${name}` : `Settings replace ${name}`,
    cause: sentence(
      `${name} is set in ${placeOf(about.origin, facts)}${cancels ? ', to an empty value' : ''}`,
    ),
    consequence: sentence(`Claude Code does not use the value from ${placeOf(about.otherOrigin, facts)}`),
  };
};

export const projectSuppliesCredential: DescribeConflict = ({ about, modes }, facts) => {
  const name = about.name ?? 'a credential';
  const runs = modesSubject(modes);
  const cause = sentence(`${placeOf(about.origin, facts)} sets ${name}`);
  if (name === HELPER_SETTING) {
    return {
      title: 'This folder’s settings bring a helper',
      cause,
      consequence: sentence(`${runs} do not ask whether you trust the folder before they run it`),
    };
  }
  const unasked = `${runs} read it without asking whether you trust the folder`;
  return name === BASE_URL
    ? { title: 'This folder’s settings say where requests go', cause, consequence: sentence(unasked) }
    : { title: 'This folder’s settings supply a credential', cause, consequence: sentence(unasked) };
};

export const projectVariableIgnored: DescribeConflict = ({ about }, facts) => {
  const name = about.name ?? 'a variable';
  return {
    title: `${name} has no effect here`,
    cause: sentence(`${placeOf(about.origin, facts)} sets ${name}`),
    consequence: sentence('this version of Claude Code does not take it from a folder’s own settings'),
  };
};

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
