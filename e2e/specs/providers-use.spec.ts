/** `credence providers --use`: Claude Code is led to a gateway by a plan, which can be undone. */
import { describe, expect, test } from 'vitest';
import { providerEntry, providersText } from '../provider/lay-providers.ts';
import { providersHome } from '../provider/providers-home.ts';
import { publishedAnswer } from '../schema/published-answer.ts';
import { flat, madeUpHomes } from '../support/made-up-homes.ts';

const homes = madeUpHomes();

describe('credence providers --use', () => {
  const gateway = { baseUrl: 'https://gw.example', header: 'authorization' };

  test('shows a plan, applies it, and is undone, with the plan’s own schema.', async () => {
    const said = providersHome(homes, providersText(providerEntry('northwind', gateway)));
    const settings = (): string | null => said.home.text('.claude/settings.json');
    const before = '{ "model": "opus" }\n';
    said.home.write('.claude/settings.json', before);
    const asPlan = async (
      exitCode: number,
      ...words: readonly string[]
    ): Promise<Readonly<Record<string, unknown>>> => {
      const answer = await said.ask(...words, '--json');
      expect([answer.exitCode, answer.stderr]).toEqual([exitCode, '']);
      return publishedAnswer('clear', answer.stdout);
    };

    const plan = await asPlan(4, 'providers', '--use', 'northwind');
    expect(plan).toMatchObject({
      applied: false,
      goal: { kind: 'use-provider', provider: 'northwind', scope: 'user', baseUrl: 'https://gw.example' },
      then: [{ mode: 'interactive' }, { sends: { authorization: { source: 'api-key-helper' } } }, {}],
    });
    expect(settings()).toBe(before);

    const applied = await asPlan(0, 'providers', '--use', 'northwind', '--apply');
    expect(applied).toMatchObject({ applied: true, planId: plan['planId'] });
    expect(JSON.parse(settings() ?? '')).toEqual({
      model: 'opus',
      env: { ANTHROPIC_BASE_URL: 'https://gw.example' },
      apiKeyHelper: `${homes.credence().file} token --provider northwind`,
    });

    const changes = await said.ask('changes');
    expect(changes.stdout).toContain('let Claude Code ask for the token of an');
    await asPlan(0, 'clear', '--undo', String(applied['changeId']));
    expect(settings()).toBe(before);
  });

  test('asks in sentences, and does nothing where there is nobody to ask.', async () => {
    const said = providersHome(homes, providersText(providerEntry('northwind', gateway)));
    said.home.write('project/.claude/settings.json', '{}');
    const { stdout, exitCode } = await said.ask('providers', '--use', 'northwind', '--scope', 'local');
    expect(exitCode).toBe(4);
    const text = flat(stdout);
    expect(text).toContain('You are not signed in to northwind');
    expect(text).toContain('sends what it prints in both headers');
    expect(text).toContain('wants it in Authorization alone');
    expect(text).toContain('trust the folder');
    expect(text).toContain('Nothing was changed. Add --apply to do it.');
    expect(said.home.text('project/.claude/settings.local.json')).toBeNull();
  });
});
