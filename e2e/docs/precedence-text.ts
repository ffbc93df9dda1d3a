import { format, resolveConfig } from 'prettier';
import { CLOUD_PROVIDERS, type Provider } from '../../shared/core/provider.ts';
import {
  CANDIDATES,
  CIRCUMSTANCES,
  type CandidateId,
  type Condition,
} from '../../shared/core/rules/candidates.ts';
import { displacements } from '../../shared/core/rules/displacements.ts';
import { GATES } from '../../shared/core/rules/gates.ts';
import { SLOTS, type Rule, type SlotName } from '../../shared/core/rules/rule.ts';
import { RULES } from '../../shared/core/rules/table.ts';
import {
  CHANGE_IDS,
  CHANGES,
  RECORDED,
  type Change,
  type ChangeId,
} from '../../shared/core/rules/versions.ts';
import { SOURCE_IDS, type SourceId } from '../../shared/core/source-id.ts';
import { SOURCES } from '../../shared/core/sources/index.ts';
import type { SourceDefinition } from '../../shared/core/sources/source-definition.ts';

const PROVIDER_TITLES: Readonly<Record<Provider, string>> = {
  firstParty: 'Anthropic’s API',
  gateway: 'A gateway (`CLAUDE_CODE_USE_GATEWAY`)',
  bedrock: 'Amazon Bedrock',
  foundry: 'Microsoft Foundry',
  anthropicAws: 'Claude Platform on AWS',
  anthropicGoogleCloud: 'Claude Platform on Google Cloud',
  mantle: 'Amazon Bedrock (Mantle)',
  vertex: 'Google Vertex AI',
};
const SLOT_TITLES: Readonly<Record<SlotName, string>> = {
  authorization: '`Authorization`',
  xApiKey: '`x-api-key`',
};
const CANDIDATE_WORDS: Readonly<Record<CandidateId, string>> = {
  'custom-authorization': 'a custom `Authorization` header',
  'custom-api-key': 'a custom `x-api-key` header',
  'respelled-authorization': 'a custom `Authorization` header in another spelling',
  'blank-authorization': 'a custom `Authorization` header without a value',
  'blank-api-key': 'a custom `x-api-key` header without a value',
  token: 'the auth token',
  'empty-token': 'an empty auth token',
  key: 'the API key',
  helper: 'the helper’s output',
  oauth: 'the OAuth token',
  'upper-profile': 'a profile that is named, or active with federation',
  federation: 'a token exchanged through federation',
  login: 'the Claude login',
  'console-key': 'the Console key',
  'lower-profile': 'the active profile of a person',
  'base-url-login': 'the user and password in the base URL',
  'bedrock-bearer': 'Bedrock’s API key',
  'aws-chain': 'a signature with AWS credentials',
  'foundry-token': 'Foundry’s auth token',
  'foundry-key': 'Foundry’s API key',
  'azure-chain': 'a token from Azure’s default chain',
  'anthropic-aws-key': 'the platform’s API key',
  'google-chain': 'a token from Google’s default credentials',
};

/** `docs/precedence.md`: the rules as a page for people, made from the rules themselves. */
export async function precedenceText(): Promise<string> {
  const text = [
    '# Which credential goes into which header',
    'This page is made from the rules that Credence decides by (`npm run docs:precedence`); do not change it by hand. ' +
      '*Measured* means that the unmodified Claude Code was watched doing it, *documented* that it was only read.',
    `Recorded versions of Claude Code: ${RECORDED.join(', ')}.`,
    '## First: is anything sent at all?',
    'From the top; the first that applies decides.',
    gatesTable(),
    '## Then: which provider?',
    `The first switch that is on: ${CLOUD_PROVIDERS.map((id) => PROVIDER_TITLES[id]).join(', ')}. Before them all ` +
      'comes a gateway, if its switch is on and both a base URL and an auth token are set.',
    '## Then, for each of the two headers: the first row that holds',
    ...(['firstParty', 'gateway', ...CLOUD_PROVIDERS] as const).flatMap(providerSection),
    '## Sources, in documented order of rank',
    sourcesTable(),
    'Against that order, a source takes a header from one above it in these pairs:',
    displacements(RULES)
      .map(({ lower, higher }) => `- ${titleOf(lower)} takes a header from ${phraseOf(higher)}`)
      .join('\n'),
    '## What changed, and when',
    'Where documentation names no version, the older answer is taken for versions in between, and Credence says so.',
    changesTable(),
  ].join('\n\n');
  return format(text, { ...(await resolveConfig(import.meta.filename)), parser: 'markdown' });
}

function gatesTable(): string {
  return table(
    ['What happens', 'Known', 'Id'],
    GATES.map(({ id, says, certainty, evidence }) => [says, `${certainty}: ${evidence}`, code(id)]),
  );
}

function providerSection(provider: Provider): readonly string[] {
  const sections = SLOTS.map((slot) =>
    slotSection(
      slot,
      RULES.filter((rule) => rule.slot === slot && rule.providers.includes(provider)),
    ),
  );
  return [`### ${PROVIDER_TITLES[provider]}`, ...sections];
}

function slotSection(slot: SlotName, rules: readonly Rule[]): string {
  if (rules.length === 0) return `${SLOT_TITLES[slot]}: never sent.`;
  const rows = rules.map((rule, at) => [
    String(at + 1),
    `${CANDIDATE_WORDS[rule.sends]}${rule.broken === true ? ', which is an empty value' : ''}`,
    conditionsOf(rule),
    versionsOf(rule),
    `${rule.certainty}: ${rule.evidence}`,
    code(rule.id),
  ]);
  return [SLOT_TITLES[slot], table(['', 'Sent, if there', 'Only', 'Versions', 'Known', 'Id'], rows)].join(
    '\n\n',
  );
}

function conditionsOf({ when = [], unless = [] }: Rule): string {
  return [
    ...(when.length === 0 ? [] : [`with ${when.map(conditionWords).join(' and ')}`]),
    ...(unless.length === 0 ? [] : [`without ${unless.map(conditionWords).join(', ')}`]),
  ].join('; ');
}

/** Circumstances are sentences of their own; in a list they need their quotation marks. */
function conditionWords(condition: Condition): string {
  return condition in CANDIDATES
    ? CANDIDATE_WORDS[condition as CandidateId]
    : `“${CIRCUMSTANCES[condition as keyof typeof CIRCUMSTANCES]}”`;
}

function versionsOf({ since, until }: Rule): string {
  return [
    ...(since === undefined ? [] : [`from ${borderOf(since)}`]),
    ...(until === undefined ? [] : [`before ${borderOf(until)}`]),
  ].join(', ');
}

function borderOf(id: ChangeId): string {
  const { after, by, documented }: Change = CHANGES[id];
  return documented ?? `somewhere after ${after}, by ${by}`;
}

function sourcesTable(): string {
  return table(
    ['Rank', 'Source', 'Variables', 'Also in', 'Who pays', 'Ends', 'Id'],
    SOURCE_IDS.map((id) => {
      const source: SourceDefinition = SOURCES[id];
      const names = source.variables.filter(({ role }) => role !== 'support').map(({ name }) => code(name));
      return [
        source.lowerRank === undefined
          ? String(source.rank)
          : `${String(source.rank)} or ${String(source.lowerRank)}`,
        source.title,
        names.join(' '),
        source.places.join('; '),
        source.pays,
        source.ends,
        code(id),
      ];
    }),
  );
}

function changesTable(): string {
  return table(
    ['What is new', 'From', 'Id'],
    CHANGE_IDS.map((id) => [CHANGES[id].says, borderOf(id), code(id)]),
  );
}

const titleOf = (id: SourceId): string => SOURCES[id].title;
const phraseOf = (id: SourceId): string => SOURCES[id].phrase;
const code = (text: string): string => `\`${text}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
