import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../electron/cli/report-error.ts';
import { SHELLS } from '../../electron/cli/completion/completion-script.ts';
import { RUNS_PROGRAM, commandNames } from '../../electron/cli/commands/index.ts';
import { CONFLICT_CODES, REMEDY_IDS, type Severity } from '../../shared/core/conflict.ts';
import { MODES, SURFACES, type ClaudeCodeVersion } from '../../shared/core/context.ts';
import { EXPIRY_KINDS, type Expiry } from '../../shared/core/expiry.ts';
import type { Facts } from '../../shared/core/facts.ts';
import { REASON_CODES, type State } from '../../shared/core/ladder.ts';
import { ORIGIN_KINDS, SETTINGS_SCOPES, type LikelyOrigin } from '../../shared/core/origin.ts';
import { CLOUD_PROVIDERS } from '../../shared/core/provider.ts';
import { SLOTS, type Certainty } from '../../shared/core/rules/rule.ts';
import type { SettingsFile } from '../../shared/core/settings/settings-file.ts';
import { LIVE_REASONS, type LiveCheck } from '../../shared/core/live-check.ts';
import type { MaskedDiffLine } from '../../shared/core/remedies/masked-diff.ts';
import {
  LEFT_BECAUSE,
  PLACE_KINDS,
  type FileStep,
  type Goal,
  type LeftPlace,
  type Remaining,
  type Step,
} from '../../shared/core/remedies/plan.ts';
import { LEFT_REASONS } from '../../shared/core/remedies/text-edit.ts';
import type { OidcProvider } from '../../shared/core/sign-in/oidc-provider.ts';
import type {
  KeepTrouble,
  OrganisationNote,
  SignInFailure,
} from '../../shared/core/sign-in/organisation-sign-in.ts';
import { FIELD_FLAWS } from '../../shared/core/sign-in/provider-fields.ts';
import { FILE_FLAWS } from '../../shared/core/sign-in/providers-file.ts';
import { LOGIN_FAILURES, LOGIN_WAYS, type LoginOutcome } from '../../shared/core/sign-in/claude-login.ts';
import type { LoginMethod } from '../../shared/core/settings/settings-file.ts';
import { SOURCE_IDS } from '../../shared/core/source-id.ts';
import type { Question, Refusal, Slot, Unknown, Verdict } from '../../shared/core/verdict.ts';
import { OIDC_FAILURES } from '../../shared/core/sign-in/oidc-failure.ts';
import { WRITE_REFUSALS } from '../../shared/core/remedies/write-refusal.ts';
import { VARIABLE_STORES } from '../../shared/core/remedies/variable-store-id.ts';
import { NOTE_CODES } from '../../shared/presentation/notes.ts';
import { SCHEMA_VERSION } from '../../shared/presentation/status-json.ts';
import type { ApplyRefusal } from '../../shared/usecases/changes/apply-plan.ts';
import { CHANGE_STATES } from '../../shared/usecases/changes/change-record.ts';
import type { Planned } from '../../shared/usecases/changes/plan-change.ts';
import type { StuckStep } from '../../shared/usecases/changes/recover-changes.ts';
import type { StillSet } from '../../shared/usecases/changes/still-set.ts';
import type { UndoRefusal } from '../../shared/usecases/changes/undo-change.ts';
import { PAYERS, type CheckResult } from '../../shared/usecases/check.ts';
import { DOCTOR_CHECKS, type DoctorCheck } from '../../shared/usecases/doctor.ts';
import type { Skipped } from '../../shared/usecases/scan.ts';
import type { SignOutAnswer } from '../../shared/usecases/sign-in/organisation-tokens.ts';
import type { ProvidersFile } from '../../shared/usecases/sign-in/read-providers.ts';
import {
  LOGOUT_LEFT,
  type LogoutPreview,
  type LogoutResult,
} from '../../shared/usecases/sign-in/claude-logout.ts';
import { WHAT_IF_PLACES, type WhatIfChange } from '../../shared/usecases/what-if.ts';
import { publishedSchemas, schemaValidator, type Schema } from './published-schemas.ts';

/** All members of a union that has no list of its own: leaving one out does not compile, nor does one too many. */
const all = <Member extends string>(members: Readonly<Record<Member, true>>): readonly string[] =>
  Object.keys(members);

const SETTINGS_TROUBLES = all<NonNullable<SettingsFile['reason']>>({
  'not-json': true,
  'not-an-object': true,
  'wrong-type': true,
  denied: true,
  'too-large': true,
  'not-a-file': true,
  'link-loop': true,
  failed: true,
});

type SignOutTrouble = Extract<SignOutAnswer, { readonly ok: false }>['why']['code'];
type PlanRefusal = Extract<Planned, { readonly ok: false }>['why'];
type ChangeRefusal = ApplyRefusal | UndoRefusal | StuckStep['why'] | PlanRefusal;

const REMAINING = all<Remaining['kind']>({ 'this-terminal': true, terminals: true, 'claude-code': true });

/** Where each list of values stands in the schemas, and what it must be. */
const LISTS: Readonly<Record<string, readonly (string | null)[]>> = {
  'common/$defs/mode': MODES,
  'common/$defs/surface': SURFACES,
  'common/$defs/claudeCode/properties/from': all<ClaudeCodeVersion['from']>({
    installed: true,
    flag: true,
    assumed: true,
  }),
  'common/$defs/source': SOURCE_IDS,
  'common/$defs/provider': all<Verdict['provider']>({
    firstParty: true,
    gateway: true,
    ...(Object.fromEntries(CLOUD_PROVIDERS.map((id) => [id, true])) as Record<
      (typeof CLOUD_PROVIDERS)[number],
      true
    >),
  }),
  'common/$defs/outcome': all<Verdict['outcome']>({ sends: true, asks: true, refuses: true, unknown: true }),
  'common/$defs/asks': [...all<Question>({ 'api-key-approval': true, 'folder-trust': true }), null],
  'common/$defs/refuses': [
    ...all<Refusal>({
      'not-logged-in': true,
      'profile-expired': true,
      'profile-unusable': true,
      'helper-unusable': true,
      policy: true,
      'folder-not-trusted': true,
      'config-broken': true,
      unsupported: true,
    }),
    null,
  ],
  'common/$defs/unknown': [
    ...all<Unknown>({
      'store-not-readable': true,
      'keychain-not-looked-at': true,
      'cloud-chain': true,
      'other-surface': true,
      'claude-json-not-readable': true,
      'organisation-not-verified': true,
      'policy-helper': true,
    }),
    null,
  ],
  'common/$defs/pays': [...PAYERS, null],
  'common/$defs/origin/properties/kind': ORIGIN_KINDS,
  'common/$defs/origin/properties/scope': SETTINGS_SCOPES,
  'common/$defs/slot/properties/certainty': all<Certainty>({ measured: true, documented: true }),
  'common/$defs/slot/properties/helper': all<NonNullable<Slot['helper']>>({ 'not-run': true, ran: true }),
  'common/$defs/state': all<State>({
    wins: true,
    'also-sent': true,
    shadowed: true,
    ignored: true,
    absent: true,
    broken: true,
    unreadable: true,
    unknown: true,
  }),
  'common/$defs/reason/properties/code': REASON_CODES,
  'common/$defs/likelyFrom/properties/certainty': all<LikelyOrigin['certainty']>({
    literal: true,
    conditional: true,
    computed: true,
  }),
  'common/$defs/conflict/properties/code': CONFLICT_CODES,
  'common/$defs/conflict/properties/severity': all<Severity>({ info: true, warning: true, critical: true }),
  'common/$defs/remedy/properties/id': REMEDY_IDS,
  'common/$defs/expiry/properties/kind': EXPIRY_KINDS,
  'common/$defs/expiry/properties/certainty': all<Expiry['certainty']>({
    exact: true,
    'upper-bound': true,
    unknown: true,
  }),
  'common/$defs/expiry/properties/state': all<Expiry['state']>({
    fine: true,
    'renews-itself': true,
    'ending-soon': true,
    'probably-ended': true,
    ended: true,
    unknown: true,
  }),
  'common/$defs/note/properties/code': NOTE_CODES,
  'common/$defs/goalKind': all<Goal['kind']>({
    clear: true,
    use: true,
    cancel: true,
    'to-keychain': true,
    'forget-answer': true,
    'use-provider': true,
    'narrow-mode': true,
  }),
  'common/$defs/stepKind': all<Step['kind']>({ file: true, mode: true, variable: true, key: true }),
  'common/$defs/changeRefusal': [
    ...WRITE_REFUSALS,
    ...all<Exclude<ChangeRefusal, (typeof WRITE_REFUSALS)[number]>>({
      'claude-code-writes': true,
      'lock-from-the-future': true,
      'store-failed': true,
      'not-undoable': true,
      unavailable: true,
      'not-kept': true,
      'nothing-to-do': true,
      unknown: true,
      'undone-already': true,
      sealed: true,
      damaged: true,
      'changed-since': true,
      'cannot-win': true,
      'nothing-literal': true,
    }),
  ],
  'common/$defs/hunk/properties/lines/items/properties/kind': all<MaskedDiffLine['kind']>({
    context: true,
    removed: true,
    added: true,
  }),
  'clear/properties/goal/properties/by': all<Extract<Goal, { readonly kind: 'to-keychain' }>['by']>({
    helper: true,
    command: true,
  }),
  'clear/properties/steps/items/properties/place': PLACE_KINDS,
  'clear/properties/steps/items/properties/scope': [...SETTINGS_SCOPES, null],
  'clear/properties/steps/items/properties/action': all<FileStep['action']>({
    'commented-out': true,
    removed: true,
    'looked-up': true,
    'set-empty': true,
    'helper-set': true,
    'answer-forgotten': true,
    made: true,
  }),
  'clear/properties/steps/items/properties/store': VARIABLE_STORES,
  'clear/properties/left/items/properties/place': [
    ...PLACE_KINDS,
    ...all<Exclude<LeftPlace['place'], (typeof PLACE_KINDS)[number]>>({
      managed: true,
      flag: true,
      login: true,
      'console-key': true,
      keychain: true,
    }),
  ],
  'clear/properties/left/items/properties/why': [...LEFT_REASONS, ...WRITE_REFUSALS, ...LEFT_BECAUSE],
  'clear/properties/remains/items/properties/kind': REMAINING,
  'clear/properties/stillSet/items/properties/where': [
    ...all<Exclude<StillSet['where'], Remaining['kind']>>({ 'new-terminals': true, settings: true }),
    ...REMAINING,
  ],
  'changes/properties/changes/items/properties/state': CHANGE_STATES,
  'status/properties/fingerprints': all<Facts['fingerprintKey']>({ installation: true, 'this-run': true }),
  'explain/properties/rules/items/properties/slot': [...SLOTS, null],
  'explain/properties/rules/items/properties/certainty': all<Certainty>({ measured: true, documented: true }),
  'what-if/properties/changes/items/properties/kind': all<WhatIfChange['kind']>({
    without: true,
    with: true,
  }),
  'what-if/properties/changes/items/properties/place': [...WHAT_IF_PLACES, null],
  'check/properties/live/oneOf/1/properties/state': all<LiveCheck['state']>({
    accepted: true,
    stale: true,
    'cannot-tell': true,
  }),
  'check/properties/live/oneOf/1/properties/why': [...LIVE_REASONS, null],
  'check/properties/checks/items/properties/name': all<CheckResult['name']>({
    expect: true,
    'no-metered': true,
    'min-login': true,
    org: true,
  }),
  'check/properties/checks/items/properties/met': all<CheckResult['met']>({
    yes: true,
    no: true,
    unknown: true,
  }),
  // Of the other scopes no folder below brings a file.
  'scan/properties/folders/items/properties/files/items/properties/scope': ['project', 'local'],
  'scan/properties/folders/items/properties/files/items/properties/state': all<SettingsFile['state']>({
    used: true,
    absent: true,
    dropped: true,
    unreadable: true,
    'not-read': true,
  }),
  'scan/properties/folders/items/properties/files/items/properties/reason': [...SETTINGS_TROUBLES, null],
  'login/properties/way': LOGIN_WAYS,
  'login/properties/goes': all<LoginMethod>({ claudeai: true, console: true, gateway: true }),
  'login/properties/kind': ['claude', 'setup-token', 'organisation'],
  'login/properties/outcome': ['logged-in', 'failed', 'cancelled', 'shown', 'noted', 'signed-in'],
  'login/properties/why': [...LOGIN_FAILURES, null],
  'login/properties/kept': [...all<LoginOutcome['kept']>({ login: true, key: true, profile: true }), null],
  'logout/properties/kind': ['claude', 'organisation'],
  'logout/properties/outcome': [
    ...all<LogoutResult['outcome']>({
      gone: true,
      'still-there': true,
      'not-started': true,
      'timed-out': true,
      cancelled: true,
    }),
    'nobody',
    'not-asked',
    'signed-out',
    'not-signed-in',
    'failed',
  ],
  'logout/properties/stays/items': all<LogoutPreview['stays'][number]>({
    variables: true,
    profiles: true,
    helper: true,
  }),
  'logout/properties/left/items': LOGOUT_LEFT,
  'scan/properties/skipped/items/properties/reason': all<Skipped['reason']>({
    absent: true,
    'not-a-folder': true,
    'link-loop': true,
    denied: true,
    'path-too-long': true,
    'name-not-text': true,
    'too-large': true,
    'not-a-file': true,
    failed: true,
  }),
  'doctor/properties/checks/items/properties/name': DOCTOR_CHECKS,
  'doctor/properties/checks/items/properties/result': all<DoctorCheck['result']>({
    pass: true,
    fail: true,
    note: true,
  }),
  'completion/properties/shell': SHELLS,
  'error/properties/error/properties/code': ERROR_CODES,
  'common/$defs/providerFrom': all<OidcProvider['from']>({ user: true, managed: true }),
  'common/$defs/organisationSignIn/properties/state': all<OrganisationNote['state']>({
    'signed-in': true,
    'needs-sign-in': true,
    'entry-changed': true,
  }),
  'common/$defs/organisationFailure/properties/code': [
    ...OIDC_FAILURES,
    'not-in-time',
    ...all<Exclude<SignInFailure['code'] | SignOutTrouble, 'oidc' | 'not-signed-in' | 'timed-out'>>({
      'no-way-back': true,
      'no-device': true,
      'no-place': true,
      'not-kept': true,
      'already-under-way': true,
      internal: true,
      'not-revoked': true,
      keychain: true,
      busy: true,
    }),
  ],
  'common/$defs/organisationFailure/properties/reason': OIDC_FAILURES,
  'common/$defs/organisationFailure/properties/trouble': all<KeepTrouble>({
    'no-keychain': true,
    locked: true,
    denied: true,
    damaged: true,
    'later-version': true,
    busy: true,
  }),
  'logout/properties/revoked': [
    ...all<Extract<SignOutAnswer, { readonly ok: true }>['revoked']>({
      revoked: true,
      'not-offered': true,
      failed: true,
      'nothing-to-revoke': true,
    }),
    null,
  ],
  'clear/properties/goal/properties/scope': all<Extract<Goal, { kind: 'use-provider' }>['scope']>({
    user: true,
    project: true,
    local: true,
  }),
  'clear/properties/goal/properties/header': all<OidcProvider['header']>({
    authorization: true,
    'x-api-key': true,
    both: true,
  }),
  'providers/properties/providers/items/properties/header': all<OidcProvider['header']>({
    authorization: true,
    'x-api-key': true,
    both: true,
  }),
  'providers/properties/files/items/properties/state': all<ProvidersFile['state']>({
    absent: true,
    read: true,
    'not-used': true,
  }),
  'providers/properties/files/items/properties/flaws/items/properties/code': [...FIELD_FLAWS, ...FILE_FLAWS],
  'providers/properties/check/properties/findings/items/properties/state': ['good', 'note', 'bad'],
  'providers/properties/changed/properties/kind': ['added', 'removed'],
};

const schemas = publishedSchemas();
const nodes = [...schemas].flatMap(([name, schema]) => nodesOf(schema, name));
const lists = nodes.flatMap(({ place, node }) =>
  Array.isArray(node['enum']) ? [{ place, values: node['enum'] as readonly (string | null)[] }] : [],
);

test('Every list of values in a schema is held against the code.', () => {
  expect(lists.map(({ place }) => place).sort()).toEqual(Object.keys(LISTS).sort());
});

test.each(lists.map(({ place, values }) => [place, values] as const))(
  'The code has the same values: %s.',
  (place, values) => {
    expect([...values].sort()).toEqual([...(LISTS[place] ?? [])].sort());
  },
);

/** What runs a program prints nothing of its own. */
const ANSWERING = commandNames.filter((name) => !RUNS_PROGRAM.has(name));

test('There is a schema for every command, for --version, for errors, and for what they share.', () => {
  // A secret is printed by itself or not at all.
  const withJson = ANSWERING.filter((name) => name !== 'secret' && name !== 'token');
  expect([...schemas.keys()].sort()).toEqual([...withJson, 'version', 'error', 'common'].sort());
});

test.each([...schemas])('A schema says what it is: %s.', (name, schema) => {
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${name}.schema.json`,
    title: expect.any(String) as string,
    description: expect.any(String) as string,
  });
});

test.each([...schemas.keys()].filter((name) => name !== 'common'))(
  'The output of a command carries the version of its schema: %s.',
  (name) => {
    expect(schemas.get(name)).toMatchObject({
      type: 'object',
      properties: { schemaVersion: { $ref: 'common.schema.json#/$defs/schemaVersion' } },
    });
    expect(schemas.get(name)?.['required']).toContain('schemaVersion');
  },
);

test('The version is that of the code.', () => {
  expect(schemas.get('common')).toMatchObject({ $defs: { schemaVersion: { const: SCHEMA_VERSION } } });
});

const objects = nodes.filter(({ node }) => node['type'] === 'object' && 'properties' in node);

test.each(objects.map(({ place, node }) => [place, node] as const))(
  'An object can grow, and says which fields it always has: %s.',
  (_, { additionalProperties, properties, required }) => {
    expect(additionalProperties).toBe(true);
    expect(Object.keys(properties as Schema)).toEqual(expect.arrayContaining(required as string[]));
  },
);

test.each([...schemas.keys()].filter((name) => name !== 'common'))(
  'A schema is well formed, and takes nothing for an answer that is none: %s.',
  (name) => {
    for (const undocumented of [true, false]) {
      const validate = schemaValidator({ undocumented });
      expect(validate(name, {})).not.toEqual([]);
      expect(validate(name, null)).not.toEqual([]);
    }
  },
);

test('A field that no schema names is let through, but not among our own.', () => {
  const output = { schemaVersion: 1, version: '1.2.3', more: true };
  expect(schemaValidator({ undocumented: true })('version', output)).toEqual([]);
  expect(schemaValidator({ undocumented: false })('version', output)).toHaveLength(1);
});

test('The schemas are in the package.', () => {
  const manifest: unknown = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'),
  );
  expect(manifest).toMatchObject({ files: expect.arrayContaining(['docs/schema']) as string[] });
});

interface Node {
  readonly place: string;
  readonly node: Schema;
}

/** Every object in a schema, with the way to it. */
function nodesOf(value: unknown, place: string): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => nodesOf(item, `${place}/${at}`));
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Schema;
  return [
    { place, node },
    ...Object.entries(node).flatMap(([key, part]) => nodesOf(part, `${place}/${key}`)),
  ];
}
