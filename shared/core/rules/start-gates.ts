import type { Context } from '../context.ts';
import type { Facts } from '../facts.ts';
import type { SettingsFile } from '../settings/settings-file.ts';
import { compareVersions } from './versions.ts';
import { isLimited, limitOf, refuses, unknown, type Gate } from './gate.ts';

function isBeyond(
  facts: Facts,
  { claudeCode: { version } }: Context,
  key: 'requiredMinimumVersion' | 'requiredMaximumVersion',
): boolean {
  const [border] = limitOf(facts, key)?.names ?? [];
  const order = border === undefined ? null : compareVersions(version, border);
  return order !== null && (key === 'requiredMinimumVersion' ? order < 0 : order > 0);
}

const isManagedAndBroken = ({ scope, state, reason }: SettingsFile): boolean =>
  scope === 'managed' && (state === 'dropped' || reason === 'too-large');

/** A file that is there, but not of the right form, is passed over in silence like any other. */
function isRefusedFlag({ scope, path, state, reason }: SettingsFile): boolean {
  if (scope !== 'flag') return false;
  if (path === null) return reason === 'not-json';
  return state === 'absent' || state === 'unreadable';
}

const losesSandbox = ({ scope, asksForSandbox }: SettingsFile): boolean =>
  scope === 'flag' && asksForSandbox === true;

/** What stops or asks before credentials are looked at: files that must load, versions, trust, a key’s approval. */
export const START_GATES: readonly Gate[] = [
  {
    id: 'gate/other-surface',
    certainty: 'documented',
    evidence: 'a container has files and an environment of its own',
    says: 'What a container holds can only be asked inside it.',
    check: ({ facts }) =>
      facts.place.surface === 'container' && !facts.place.insideContainer ? unknown('other-surface') : null,
  },
  {
    id: 'gate/mode-not-known',
    certainty: 'measured',
    evidence: 'probe on eleven versions: 2.1.73 does not know --bare',
    says: 'This version does not know bare mode.',
    check: ({ context, era }) => (context.mode === 'bare' && !era.bare ? refuses('unsupported') : null),
  },
  {
    id: 'gate/config-broken',
    certainty: 'measured',
    evidence: 'observed, 2.1.328: an unreadable .claude.json stops every command',
    says: 'Claude Code stops with an explanation when .claude.json is not JSON.',
    check: ({ facts }) => (facts.claudeJson.state === 'malformed' ? refuses('config-broken') : null),
  },
  {
    id: 'gate/managed-settings-broken',
    certainty: 'measured',
    evidence: 'probe, 2.1.73, 2.1.196 and 2.1.328: a managed file that is no JSON object stops the program',
    says: 'Claude Code does not start while a managed settings file is too large or not a JSON object.',
    check: ({ facts, era }) =>
      era['managed-must-parse'] && facts.settingsFiles.some(isManagedAndBroken)
        ? refuses('config-broken')
        : null,
  },
  {
    id: 'gate/settings-flag',
    certainty: 'measured',
    evidence: 'probe, 2.1.73 and 2.1.328: --settings that cannot be taken stops the program',
    says: 'Claude Code stops when --settings names no file that it can read, or is no valid JSON.',
    check: ({ facts }) => (facts.settingsFiles.some(isRefusedFlag) ? refuses('config-broken') : null),
  },
  {
    id: 'gate/settings-flag-sandbox',
    certainty: 'measured',
    evidence:
      'probes with 22 members of a wrong type, 2.1.73, 2.1.196 and 2.1.328, and with 30 sandboxes, 2.1.328',
    says: 'Claude Code stops when --settings asks for a sandbox and is dropped for a member of a wrong type.',
    check: ({ facts, era }) =>
      era['sandbox-must-load'] && facts.settingsFiles.some(losesSandbox) ? refuses('config-broken') : null,
  },
  {
    id: 'gate/version-too-old',
    certainty: 'measured',
    evidence: 'probe with managed settings, 2.1.328; documentation names 2.1.163',
    says: 'Managed settings demand a newer version, so this one does not start.',
    check: ({ facts, era, context }) =>
      era['required-version'] && isBeyond(facts, context, 'requiredMinimumVersion')
        ? refuses('policy')
        : null,
  },
  {
    id: 'gate/version-too-new',
    certainty: 'measured',
    evidence: 'probe with managed settings, 2.1.328; documentation names 2.1.163',
    says: 'Managed settings demand an older version, so this one does not start.',
    check: ({ facts, era, context }) =>
      era['required-version'] && isBeyond(facts, context, 'requiredMaximumVersion')
        ? refuses('policy')
        : null,
  },
  {
    id: 'gate/policy-helper-missing',
    certainty: 'measured',
    evidence: 'probes with managed settings, 2.1.328; one with 2.1.196',
    says: 'Managed settings name a program for policies that cannot be started, so Claude Code does not start.',
    check: ({ facts, era }) =>
      era['policy-helper'] && limitOf(facts, 'policyHelper')?.names.length === 0 ? refuses('policy') : null,
  },
  {
    id: 'gate/policy-helper',
    certainty: 'measured',
    evidence: 'probes with managed settings, 2.1.328; one with 2.1.196',
    says: 'A program that managed settings name gives more of them, credentials too; it is not run here.',
    check: ({ facts, era }) =>
      era['policy-helper'] && isLimited(facts, 'policyHelper') ? unknown('policy-helper') : null,
  },
  {
    id: 'gate/config-not-readable',
    certainty: 'documented',
    evidence: 'what cannot be read cannot be told',
    says: '.claude.json could not be read: it holds variables, approvals, trust and the Console key.',
    check: ({ facts: { claudeJson } }) =>
      // Links in a circle count as no file (measured).
      ['read', 'absent', 'malformed', 'link-loop'].includes(claudeJson.state)
        ? null
        : unknown('claude-json-not-readable'),
  },
  {
    id: 'gate/store-waits',
    certainty: 'measured',
    evidence: 'probes of a FIFO with twelve other credentials, 2.1.328: nothing was ever sent',
    says: 'The store of the Claude login is no file: Claude Code may wait for it for ever, whatever else is set.',
    check: ({ facts: { store } }) =>
      store.kind === 'credentials-file' && store.state === 'not-a-file' && !store.passedOver
        ? unknown('store-not-readable')
        : null,
  },
  {
    id: 'gate/folder-trust',
    certainty: 'measured',
    evidence: 'recorded worlds, 2.1.328, interactive',
    says: 'In a folder that is not trusted the trust question comes first, and nothing is sent before.',
    check: ({ facts, context, answers }) =>
      context.mode === 'interactive' && !facts.trusted && answers.trust !== 'yes'
        ? { kind: 'asks', question: 'folder-trust' }
        : null,
  },
  {
    id: 'gate/api-key-approval',
    certainty: 'measured',
    evidence: 'recorded worlds, 2.1.328, interactive',
    says: 'Interactive sessions ask once about an API key that nobody has answered for.',
    check: ({ situation }) =>
      situation.approval === 'unanswered' && situation.provider === 'firstParty'
        ? { kind: 'asks', question: 'api-key-approval' }
        : null,
  },
];
