import { describe, expect, test } from 'vitest';
import { MODES } from '../../../core/context.ts';
import { planWords, type PlanWords } from '../../../presentation/plan-words.ts';
import { changeWorld, type ChangeWorld, type ChangeWorldOptions } from '../../../testing/change-world.ts';
import { madeUpProvider } from '../../../testing/made-up-organisation-sign-in.ts';
import { gatherFacts } from '../../gather/gather-facts.ts';
import { inspect } from '../../inspect.ts';
import { PLACE_EDITORS } from '../all-editors.ts';
import { applyPlan } from '../apply-plan.ts';
import { factsAfterPlan } from '../facts-after-plan.ts';
import { planChange, type PreparedPlan } from '../plan-change.ts';
import { undoChange } from '../undo-change.ts';
import { useProviderWish } from './use-provider.ts';

const claudeCode = { version: '2.1.328', from: 'flag' } as const;
const FOLDER = { '~/.claude': { kind: 'folder' as const } };
const USER = '~/.claude/settings.json';
const OWN = ['/opt/it’s here/credence'];
const HELPER = "'/opt/it’s here/credence' token --provider northwind";

async function planned(
  options: ChangeWorldOptions,
  {
    scope = 'user',
    ...provider
  }: Partial<Parameters<typeof useProviderWish>[0]> & { readonly scope?: 'user' | 'project' | 'local' } = {},
): Promise<{ readonly world: ChangeWorld; readonly prepared: PreparedPlan; readonly words: PlanWords }> {
  const world = changeWorld({ ...options, files: { ...FOLDER, ...options.files } });
  const { ports } = world;
  const request = { ...world.request, folder: '/home/p/app' };
  const facts = await gatherFacts(ports, request);
  const result = await planChange(ports, PLACE_EDITORS, facts, {
    wish: useProviderWish(madeUpProvider(provider), scope),
    how: 'comment-out',
    chosen: [],
    claudeCode,
    mayBeInClear: false,
    inTerminal: true,
    ownCommand: OWN,
  });
  if (!result.ok) throw new Error(result.why);
  const { prepared } = result;
  const then = await factsAfterPlan(ports, request, facts, prepared);
  const inEachMode = (of: typeof facts): ReturnType<typeof inspect>[] =>
    MODES.map((mode) => inspect(of, { mode, claudeCode }));
  return { world, prepared, words: planWords(prepared.plan, inEachMode(facts), inEachMode(then)) };
}

const settings = ({ textOf }: ChangeWorld, path = USER): unknown => JSON.parse(textOf(path) ?? 'null');

describe('Using an organisation’s token for Claude Code', () => {
  test('names Credence as the helper and the gateway beside it, keeps all else, and can be undone.', async () => {
    const before = '{\n  "model": "opus",\n  "env": { "OTHER": "1" }\n}\n';
    const { world, prepared, words } = await planned({ files: { [USER]: before } });
    expect(world.textOf(USER)).toBe(before);
    const applied = await applyPlan(world.ports, prepared, 0);
    expect(applied.ok).toBe(true);
    expect(settings(world)).toEqual({
      model: 'opus',
      env: { OTHER: '1', ANTHROPIC_BASE_URL: 'https://gateway.northwind.example' },
      apiKeyHelper: HELPER,
    });
    expect(words.title).toBe('Let Claude Code use the token of northwind, by your user settings');
    expect(words.after.map(({ mode, label }) => `${mode}: ${label}`)).toEqual([
      'interactive: API key helper',
      'print: API key helper',
      expect.stringMatching(/^bare: /) as string,
    ]);
    const shown = words.steps
      .flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines.map(({ text }) => text)))
      .join('\n');
    expect(shown).toContain(HELPER);
    expect(shown).toContain('https://gateway.northwind.example');

    const undone = await undoChange(world.ports, PLACE_EDITORS, prepared.plan.changeId, 1);
    expect(undone.ok).toBe(true);
    expect(world.textOf(USER)).toBe(before);
  });

  test('replaces another helper and another gateway, and hides what they were.', async () => {
    const old = {
      apiKeyHelper: 'echo sk-ant-api03-made-up-secret',
      env: { ANTHROPIC_BASE_URL: 'https://u:made-up@old.example' },
    };
    const { world, prepared, words } = await planned({ files: { [USER]: JSON.stringify(old, null, 2) } });
    await applyPlan(world.ports, prepared, 0);
    expect(settings(world)).toEqual({
      apiKeyHelper: HELPER,
      env: { ANTHROPIC_BASE_URL: 'https://gateway.northwind.example' },
    });
    expect(JSON.stringify(words)).not.toMatch(/made-up/);
  });

  test('leaves where requests go alone where the provider has no gateway.', async () => {
    const { world, prepared } = await planned({}, { baseUrl: null });
    await applyPlan(world.ports, prepared, 0);
    expect(settings(world)).toEqual({ apiKeyHelper: HELPER });
  });

  test('has nothing to do the second time.', async () => {
    const first = await planned({});
    await applyPlan(first.world.ports, first.prepared, 0);
    const { prepared, words } = await planned({ files: { [USER]: first.world.textOf(USER) ?? '' } });
    expect(prepared.plan.steps).toEqual([]);
    expect(words.summary).toBe('These settings say all of it already.');
  });

  test.each([
    [
      'project',
      '/home/p/app/.claude/settings.json',
      /whether you trust the folder.*\n.*Others who work on the project/,
    ],
    ['local', '/home/p/app/.claude/settings.local.json', /whether you trust the folder/],
  ] as const)(
    'goes into %s settings where that is wished, and says what that means.',
    async (scope, path, notes) => {
      const { world, prepared, words } = await planned(
        { files: { '~/app/.claude': { kind: 'folder' } } },
        { scope },
      );
      await applyPlan(world.ports, prepared, 0);
      expect(settings(world, path)).toMatchObject({ apiKeyHelper: HELPER });
      expect(world.textOf(USER)).toBeNull();
      expect(words.notes.join('\n')).toMatch(notes);
    },
  );

  test('says that both headers carry the token, also where the gateway wants one.', async () => {
    for (const [header, note] of [
      ['both', /in both headers, Authorization and x-api-key\.$/m],
      ['authorization', /wants it in Authorization alone; the other header carries it as well/],
      ['x-api-key', /wants it in x-api-key alone; the other header carries it as well/],
    ] as const) {
      const { words } = await planned({}, { header });
      expect(words.notes.join('\n')).toMatch(note);
    }
  });

  test('says what still stands before it.', async () => {
    const { words } = await planned({
      variables: { ANTHROPIC_API_KEY: 'sk-ant-api03-made-up' },
      files: { '~/.zshrc': 'export ANTHROPIC_API_KEY=sk-ant-api03-made-up\n' },
    });
    expect(words.notes.join('\n')).toMatch(
      /does not make it win: the API key goes on standing before or beside it/,
    );
    const clean = await planned({});
    expect(clean.words.notes.join('\n')).not.toMatch(/does not make/);
  });

  test('says once that there is no folder for the settings.', async () => {
    const { prepared, words } = await planned({}, { scope: 'local' });
    expect(prepared.plan.left.map(({ why }) => why)).toEqual(['no-folder', 'no-folder']);
    expect(words.left).toHaveLength(1);
  });

  test.each<readonly [string, ChangeWorldOptions['files'], string]>([
    ['is no JSON', { [USER]: '{ // mine\n}' }, 'malformed'],
    ['is a folder', { [USER]: { kind: 'folder' } }, 'not-a-file'],
  ])('changes nothing in a file that %s.', async (_, files, why) => {
    const { prepared } = await planned({ files: files ?? {} });
    expect(prepared.plan.steps).toEqual([]);
    expect(prepared.plan.left.map((left) => left.why)).toContain(why);
  });
});
