import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { GATES } from '../../shared/core/rules/gates.ts';
import { RULES } from '../../shared/core/rules/table.ts';
import { CHANGE_IDS, RECORDED } from '../../shared/core/rules/versions.ts';
import { SOURCES } from '../../shared/core/sources/index.ts';
import { precedenceText } from './precedence-text.ts';

const PAGE = path.join(import.meta.dirname, '../../docs/precedence.md');

test('docs/precedence.md is what `npm run docs:precedence` makes of the rules.', async () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(await precedenceText());
});

describe('The page names', () => {
  test.each([
    ['each rule', RULES.map(({ id }) => id)],
    ['each gate', GATES.map(({ id }) => id)],
    ['each change', CHANGE_IDS],
    ['each source', Object.keys(SOURCES)],
  ])('%s.', async (_, ids) => {
    const text = await precedenceText();
    for (const id of ids) expect(text).toContain(`\`${id}\``);
  });

  test('each variable that is a credential or turns a provider on, and each recorded version.', async () => {
    const text = await precedenceText();
    for (const { variables } of Object.values(SOURCES))
      for (const { name, role } of variables) if (role !== 'support') expect(text).toContain(name);
    for (const version of RECORDED) expect(text).toContain(version);
  });
});
