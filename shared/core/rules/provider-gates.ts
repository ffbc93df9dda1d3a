import {
  ANTHROPIC_AWS_WORKSPACE,
  ANTHROPIC_GOOGLE_PROJECT,
  ANTHROPIC_GOOGLE_WORKSPACE,
  PROVIDER_BASE_URLS,
  VERTEX_PROJECT,
} from '../sources/cloud-provider.ts';
import { effective } from '../settings/effective.ts';
import { refuses, type Gate } from './gate.ts';

/** What a provider needs beside a credential. */
export const PROVIDER_GATES: readonly Gate[] = [
  {
    id: 'gate/foundry-signing-off',
    certainty: 'measured',
    evidence: 'probes with the signing switched off, 2.1.73 and 2.1.196',
    says: 'These versions fail when Azure’s authentication is switched off and Foundry’s own key is not set.',
    check: ({ era, situation: { provider, circumstances, candidates } }) =>
      provider === 'foundry' &&
      circumstances['skip-signing'] &&
      !era['foundry-unsigned'] &&
      candidates['foundry-key'] === undefined &&
      candidates['foundry-token'] === undefined
        ? refuses('unsupported')
        : null,
  },
  {
    id: 'gate/platform-without-workspace',
    certainty: 'measured',
    evidence: 'probe with the platform’s key, AWS keys and the signing switched off, 2.1.328',
    says: 'Claude Platform on AWS needs the id of a workspace; without one the request fails.',
    check: ({ facts: { layers }, situation: { provider } }) =>
      provider === 'anthropicAws' && effective(layers, ANTHROPIC_AWS_WORKSPACE)?.entry.state !== 'value'
        ? refuses('unsupported')
        : null,
  },
  {
    id: 'gate/vertex-without-project',
    certainty: 'measured',
    evidence: 'probe with the signing switched off, 2.1.328',
    says: 'With Google’s signing off the project has to be named; without one the request fails.',
    check: ({ facts: { layers }, situation: { provider, circumstances } }) =>
      provider === 'vertex' &&
      circumstances['skip-signing'] &&
      effective(layers, VERTEX_PROJECT)?.entry.state !== 'value'
        ? refuses('unsupported')
        : null,
  },
  {
    id: 'gate/google-platform-without-project',
    certainty: 'measured',
    evidence: 'probes with the signing switched off, 2.1.328',
    says: 'With Google’s signing off Claude Platform on Google Cloud needs an address, or a project and a workspace.',
    check: ({ facts: { layers }, situation: { provider, circumstances } }) => {
      if (provider !== 'anthropicGoogleCloud' || !circumstances['skip-signing']) return null;
      const isSet = (name: string): boolean => effective(layers, name)?.entry.state === 'value';
      const isNamed = isSet(ANTHROPIC_GOOGLE_PROJECT) && isSet(ANTHROPIC_GOOGLE_WORKSPACE);
      return isNamed || isSet(PROVIDER_BASE_URLS[provider]) ? null : refuses('unsupported');
    },
  },
];
