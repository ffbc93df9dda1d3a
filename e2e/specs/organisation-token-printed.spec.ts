/** `credence token`: one clean line, or a word of why there is none. */
import { describe, expect, test } from 'vitest';
import { checkHelperOutput } from '../../shared/core/helper/contract.ts';
import { publishedAnswer } from '../schema/published-answer.ts';
import { madeUpHomes } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';
import { tokenLabs } from '../tokens/token-lab.ts';

describe.runIf(onLinux)('Signed in to a real provider, with gnome-keyring', () => {
  const lab = tokenLabs();

  test('the token is printed in one line and nothing else, and the provider is not asked.', async () => {
    const { accessToken } = await lab().kept();
    const run = await lab().ask();
    expect(run).toMatchObject({ stdout: `${accessToken}\n`, stderr: '', exitCode: 0 });
    expect(checkHelperOutput(run.stdout, run.exitCode, false)).toMatchObject({ ok: true });
    expect(await lab().provider.isStillGood(accessToken)).toBe(true);
    expect(lab().refreshes()).toBe(0);
  });

  test.each([
    [[], false],
    [['--show'], true],
  ])('in a terminal with %j the token is shown: %s.', async (more, shown) => {
    const { accessToken } = await lab().kept();
    const token = lab().start({ words: more, terminal: true });
    expect(await token.ended).toMatchObject({ exitCode: shown ? 0 : 4 });
    if (shown) expect(token.stdout()).toBe(`${accessToken}\r\n`);
    else expect(token.said()).not.toContain(accessToken);
  });
});

describe('Without a provider', () => {
  const homes = madeUpHomes();

  test.each([
    [[]],
    [['--provider']],
    [['--provider', 'a b']],
    [['--provider', '../x']],
    [['--provider', 'A']],
    [['northwind']],
    [['--provider', 'northwind', 'more']],
    [['--provider', 'northwind', '--nonsense']],
    [['--provider', 'northwind']],
  ])('credence token %j is refused on standard error.', async (words) => {
    const run = await homes.lay().ask(['token', ...words]);
    expect([run.exitCode, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(/^credence: /);
  });

  test('credence token --json is refused in JSON, so that whoever reads it understands.', async () => {
    const run = await homes.lay().ask(['token', '--provider', 'northwind', '--json']);
    expect([run.exitCode, run.stderr]).toEqual([2, '']);
    expect(publishedAnswer('error', run.stdout)).toMatchObject({ error: { code: 'usage' } });
  });

  test('its help names every exit code.', async () => {
    const run = await homes.lay().ask(['token', '--help']);
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(/Exit codes\n +0 .*\n +1 .*\n +2 .*\n +3 .*\n +4 /);
  });
});
