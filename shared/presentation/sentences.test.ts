import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MODES, SURFACES } from '../core/context.ts';
import { SOURCE_IDS } from '../core/source-id.ts';
import { inspect, type Inspection } from '../usecases/inspect.ts';
import { gatherFacts } from '../usecases/gather/gather-facts.ts';
import { worldPorts } from '../testing/worlds.ts';
import { secretsOfWorld } from '../testing/secrets-of-world.ts';
import { worldOf, type Given } from '../testing/given.ts';
import { answerLabel } from './answer-label.ts';
import { answerSentence } from './answer-sentence.ts';
import { conflictParts, remedyTitle } from './conflict-messages.ts';
import { expirySentences } from './expiry-sentences.ts';
import { explain } from './explain.ts';
import { explainJson } from './explain-json.ts';
import { notesOf } from './notes.ts';
import { payerSentence } from './payer-sentences.ts';

/** Texts that a stranger could have chosen. */
const hostile = fc.oneof(
  fc.constantFrom(
    'max',
    'pro',
    '',
    ' ',
    'a\u001b[2J',
    '\u202eabc',
    'x'.repeat(4096),
    '\ud800',
    '“quoted”',
    '__proto__',
  ),
  // Without what would make a sentence ugly by chance.
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\s.,]/g, '')),
);
const secret = fc.integer({ min: 1_000_000 }).map((number) => `made-up-secret-${number}`);
const variables = fc
  .record(
    {
      ANTHROPIC_API_KEY: fc.oneof(secret, fc.constantFrom('', ' ')),
      ANTHROPIC_AUTH_TOKEN: fc.oneof(secret, fc.constantFrom('', ' ')),
      CLAUDE_CODE_OAUTH_TOKEN: secret,
      ANTHROPIC_CUSTOM_HEADERS: secret.map((value) => `x-api-key: ${value}`),
      ANTHROPIC_BASE_URL: fc.oneof(hostile, fc.constant('https://llm.example/v1')),
      ANTHROPIC_PROFILE: hostile.map((name) => name.replaceAll('\0', '')),
      ANTHROPIC_FEDERATION_RULE_ID: hostile,
      CLAUDE_CODE_USE_BEDROCK: fc.constantFrom('1', '0'),
      CLAUDE_CODE_USE_VERTEX: fc.constantFrom('1', '0'),
      CLAUDE_CODE_SKIP_VERTEX_AUTH: fc.constantFrom('1', '0'),
      ANTHROPIC_VERTEX_PROJECT_ID: fc.constantFrom('p', ''),
      CLAUDE_CODE_USE_GATEWAY: fc.constant('1'),
      AWS_BEARER_TOKEN_BEDROCK: secret,
      CLAUDE_CODE_SIMPLE: fc.constantFrom('1', '0'),
      CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: fc.constantFrom('1', '0'),
    },
    { requiredKeys: [] },
  )
  .map((found): Record<string, string> => ({ ...found }));
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 3 });
const helper = fc.constantFrom('echo made-up-helper-output', 'exit 3', 'true', 'echo two words', '');

const given = fc
  .record({
    mode: fc.constantFrom(...MODES),
    version: fc.constantFrom('2.1.328', '2.1.73', '2.1.196', '2.1.250', '9.9.9', '1.0.0'),
    shell: variables,
    user: maybe(variables),
    project: maybe(variables),
    local: maybe(variables),
    managed: maybe(variables),
    helper: maybe(fc.record({ user: helper, project: helper }, { requiredKeys: [] })),
    login: maybe(
      fc.record(
        {
          subscriptionType: hostile,
          accessToken: fc.oneof(secret, fc.constant('')),
          refreshTokenExpiresAt: fc.double(),
        },
        { requiredKeys: ['accessToken'] },
      ),
    ),
    consoleKey: maybe(secret),
    profile: maybe(fc.constantFrom('named', 'active', 'federated', 'ended', 'renewable')),
    args: maybe(secret.map((value) => ['--settings', `{"env": {"ANTHROPIC_AUTH_TOKEN": "${value}`])),
    trusted: fc.boolean(),
  })
  .map(
    (world) => Object.fromEntries(Object.entries(world).filter(([, value]) => value !== undefined)) as Given,
  );

/** Every text that is said about an answer; sentences and labels apart. */
function everything(inspection: Inspection): {
  readonly sentences: readonly string[];
  readonly labels: readonly string[];
} {
  const { conflicts, facts, verdict } = inspection;
  const parts = conflicts.map((conflict) => conflictParts(conflict, facts));
  const explanations = [null, ...SOURCE_IDS].flatMap((source) => explain(inspection, source));
  return {
    sentences: [
      answerSentence(inspection),
      ...[payerSentence(inspection)].filter((text) => text !== null),
      ...parts.flatMap(({ cause, consequence }) => [cause, consequence]),
      ...notesOf(inspection).map(({ message }) => message),
      ...expirySentences(inspection, 60),
      ...explanations.flatMap(({ lines }) => lines),
    ],
    labels: [
      answerLabel(verdict, facts),
      ...parts.map(({ title }) => title),
      ...conflicts.flatMap(({ remedies }) => remedies.map((remedy) => remedyTitle(remedy, facts))),
      ...explanations.flatMap(({ heading }) => (heading === undefined ? [] : [heading])),
    ],
  };
}

/** What must not be seen in any text: code that leaked out, or characters that act on a terminal. */
const UGLY =
  /undefined|\bnull\b|NaN|\[object|function |Invalid Date| {2}|\.\.|,\.| ,|\bstale\b|\babsent\b|[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;

test('In any home, on any surface, every sentence is one, every label is none, and no secret is in either.', async () => {
  await fc.assert(
    fc.asyncProperty(given, fc.constantFrom(...SURFACES), fc.boolean(), async (world, surface, run) => {
      const laid = worldOf(world);
      const { ports, request, context } = worldPorts(laid);
      const facts = await gatherFacts(ports, { ...request, runHelper: run });
      const inspection = inspect({ ...facts, place: { ...facts.place, surface } }, context);
      const { sentences, labels } = everything(inspection);
      for (const sentence of sentences) {
        expect(sentence).toMatch(/^[A-Z“~/.-].*[^.]\.$|^[a-z]+[A-Z-]\w* .*\.$/su);
        expect(sentence.replaceAll('…', '')).not.toMatch(UGLY);
        expect(sentence.length).toBeLessThan(800);
      }
      for (const label of labels) {
        expect(label).toMatch(/^\S(?:.*[^.\s])?$/su);
        expect(label).not.toMatch(UGLY);
      }
      const said = [...sentences, ...labels, JSON.stringify(explainJson(inspection, null))].join('\n');
      for (const { text } of secretsOfWorld(laid)) expect(said).not.toContain(text);
    }),
  );
});
