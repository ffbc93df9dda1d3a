import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hidden } from './fault-excerpt.ts';
import { memberLine, syntaxFaultLine } from '../../core/settings/fault-line.ts';

const SECRET = 'sk-ant-api03-MADE-UP';

test.each([
  ['    "ANTHROPIC_API_KEY": "sk-ant-api03-MADE-UP",', '    "ANTHROPIC_API_KEY": "••••••••",'],
  ['  "ANTHROPIC_AUTH_TOKEN": sk-ant-api03-MADE-UP', '  "ANTHROPIC_AUTH_TOKEN": ••••••••'],
  ['  "sk_ant_MADE_UP": "x"', '  "••••••••": "••••••••"'],
  ['  "ANTHROPIC_API_KEY": "sk-ant-api03-MADE-UP', '  "ANTHROPIC_API_KEY": "••••••••"'],
  ['  // sk-ant-api03-MADE-UP', '  •••••••• ••••••••'],
  ['  "env": { "verbose": true, "model": null },', '  "env": { "verbose": true, "model": null },'],
  ['  "cleanupPeriodDays": 123456789', '  "cleanupPeriodDays": ••••••••'],
])('Of %s only %s is shown.', (line, shown) => {
  expect(hidden(line)).toBe(shown);
});

test('Whatever surrounds it, a secret is not shown.', () => {
  const around = fc.string({
    unit: fc.constantFrom('"', '\\', ':', ',', '{', '}', ' ', 'a', '\t', '/', "'"),
    maxLength: 12,
  });
  fc.assert(
    fc.property(around, around, (before, behind) => {
      const shown = hidden(`${before}${SECRET}${behind}`);
      expect(shown).not.toContain('api03');
      expect(shown).not.toContain('MADE');
    }),
  );
});

test.each([
  ['{\n  "a": 1,\n}', 2],
  ['{\n  "a": 1\n  "b": 2\n}', 2],
  ['{\n  "a": 1', 2],
  ['{ "a": 1 }', null],
])('The fault of %j is in line %s.', (text, line) => {
  expect(syntaxFaultLine(text)).toBe(line);
});

test('A member of a wrong form is found by its name.', () => {
  expect(memberLine('{\n  "env": {},\n  "permissions": "x"\n}', 'permissions')).toBe(3);
});
