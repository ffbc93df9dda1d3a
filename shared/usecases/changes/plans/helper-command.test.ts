import fc from 'fast-check';
import { expect, test } from 'vitest';
import { organisationOfHelper } from '../../../core/helper/organisation-of-helper.ts';
import { helperCommand } from './helper-command.ts';

const TOKEN = ['token', '--provider', 'northwind'];

test.each([
  ['/usr/bin/credence', '/usr/bin/credence'],
  ['/opt/my tools/credence', "'/opt/my tools/credence'"],
  ["/opt/it's/credence", "'/opt/it'\\''s/credence'"],
  ['/opt/"$(id)" `id` \\/credence', '\'/opt/"$(id)" `id` \\/credence\''],
  ['/opt/ü/credence', "'/opt/ü/credence'"],
  ['~/credence', "'~/credence'"],
])('For sh %s becomes %s.', (file, quoted) => {
  for (const platform of ['linux', 'darwin'] as const)
    expect(helperCommand([file, ...TOKEN], platform)).toBe(`${quoted} token --provider northwind`);
});

test.each([
  ['C:\\credence\\credence.cmd', 'C:\\credence\\credence.cmd'],
  ['C:\\Program Files\\nodejs\\node.exe', '"C:\\Program Files\\nodejs\\node.exe"'],
  ["C:\\it's (x86) & more\\credence.cjs", '"C:\\it\'s (x86) & more\\credence.cjs"'],
  ['C:\\%PATH%\\credence.cjs', '"C:\\"^%"PATH"^%"\\credence.cjs"'],
])('For cmd %s becomes %s.', (file, quoted) => {
  expect(helperCommand([file, ...TOKEN], 'win32')).toBe(`${quoted} token --provider northwind`);
});

const unit = (illegal: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...' \'^%&|()!;,=$`~"<>\\'.split('').filter((one) => !illegal.includes(one))),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).filter((one) => !illegal.includes(one)),
  );
const folders = (illegal: string): fc.Arbitrary<string> =>
  fc.array(unit(illegal), { minLength: 1, maxLength: 12 }).map((units) => units.join(''));

test('Whatever the folder is called, sh reads one word for each, and Credence knows its own helper again.', () => {
  fc.assert(
    fc.property(folders('/\0'), (folder) => {
      const words = [`/opt/${folder}/credence`, ...TOKEN];
      const command = helperCommand(words, 'linux');
      expect(readBySh(command)).toEqual(words);
      expect(organisationOfHelper(command)).toBe('northwind');
    }),
  );
});

test('Whatever the folder is called, cmd reads one word for each, and Credence knows its own helper again.', () => {
  fc.assert(
    fc.property(folders('<>:"/\\|?*\0'), (folder) => {
      const words = [`C:\\${folder}\\node.exe`, `C:\\${folder}\\credence.cjs`, ...TOKEN];
      const command = helperCommand(words, 'win32');
      expect(readByCmd(command)).toEqual(words);
      expect(organisationOfHelper(command)).toBe('northwind');
    }),
  );
});

/** Words, single quotes and backslashes; all else that means something to it must not come unquoted. */
function readBySh(command: string): readonly string[] {
  const words = command.match(/(?:'[^']*'|\\.|[A-Za-z0-9_./:=@%+-])+/g) ?? [];
  expect(words.join(' ')).toBe(command);
  return words.map((word) => word.replaceAll(/'([^']*)'|\\(.)/g, '$1$2'));
}

/** Variables first, wherever they stand; then carets outside of quotes; then words, as the C runtime takes them apart. */
function readByCmd(command: string): readonly string[] {
  for (const [, name = ''] of command.matchAll(/%([^%]*)(?=%)/g)) expect(name).toMatch(/^"|\^$/);
  let isQuoted = false;
  let line = '';
  for (let at = 0; at < command.length; at++) {
    const unit = command.charAt(at);
    if (unit === '"') isQuoted = !isQuoted;
    if (unit === '^' && !isQuoted) line += command.charAt(++at);
    else {
      expect(isQuoted || !'&|<>()!;,='.includes(unit)).toBe(true);
      line += unit;
    }
  }
  return (line.match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map((word) => word.replaceAll('"', ''));
}
