import { describe, expect, test } from 'vitest';
import { editInWords, LOOK_UP, REMOVE, requestFor } from '../../../testing/edit-in-words.ts';
import type { EditText } from '../text-edit.ts';
import { editDotenv } from './dotenv.ts';
import { editEnvironmentFile } from './environment-file.ts';
import { editMise } from './mise.ts';
import { editPamEnvironment } from './pam-environment.ts';

const PLACES = {
  pam: editEnvironmentFile('pam'),
  systemd: editEnvironmentFile('systemd'),
  'pam-env-conf': editPamEnvironment,
  dotenv: editDotenv,
  mise: editMise,
} as const;
type Place = keyof typeof PLACES;

const place = (name: Place): EditText => PLACES[name];

describe('a line that sets the name to a constant is commented out', () => {
  const cases: readonly (readonly [Place, string, string])[] = [
    ['pam', 'KEY=v', 'v'],
    ['pam', 'KEY="v w"', 'v w'],
    ['pam', 'export KEY=v', 'v'],
    ['pam', 'KEY=v # x', 'v '],
    ['pam', 'KEY=$A', '$A'],
    ['pam', 'KEY=v\xC3\xA0', 'v\xC3\xA0'],
    ['systemd', 'KEY=v', 'v'],
    ['systemd', 'KEY="v w"', 'v w'],
    ['systemd', "KEY='v'", 'v'],
    ['systemd', 'KEY=\xC3\xA0', '\xC3\xA0'],
    ['systemd', 'KEY=', ''],
    ['pam-env-conf', 'KEY DEFAULT=v', 'v'],
    ['pam-env-conf', 'KEY DEFAULT="v w" OVERRIDE=x', 'x'],
    ['pam-env-conf', 'KEY\tDEFAULT=v', 'v'],
    ['dotenv', 'KEY=v', 'v'],
    ['dotenv', 'export KEY="v w" # x', 'v w'],
    ['dotenv', "KEY='v'", 'v'],
    ['dotenv', 'KEY="a\\nb"', 'a\nb'],
  ];
  test.each(cases)('%s: %s', (name, line, value) => {
    const other = name === 'pam-env-conf' ? 'A DEFAULT=1' : 'A=1';
    for (const end of ['\n', '\r\n']) {
      // The readers keep a blank in front of a comment.
      expect(editInWords(place(name), `${other}${end} ${line}${end}${other}${end}`)).toEqual({
        text: `${other}${end} # credence 7f3a: ${line}${end}${other}${end}`,
        done: [`2 commented-out KEY=${JSON.stringify(value)}`],
        left: [],
      });
    }
    expect(editInWords(place(name), line).text).toBe(`# credence 7f3a: ${line}`);
  });

  test.each([
    ['[env]\nKEY = "v"\nA = "1"\n', '[env]\n# credence 7f3a: KEY = "v"\nA = "1"\n'],
    ["[env]\n  KEY = 'v' # x\r\n", "[env]\n  # credence 7f3a: KEY = 'v' # x\r\n"],
    ['env.KEY = "v"\n[tools]\n', '# credence 7f3a: env.KEY = "v"\n[tools]\n'],
    [
      '[env]\nKEY = { value = "v", redact = true }\n',
      '[env]\n# credence 7f3a: KEY = { value = "v", redact = true }\n',
    ],
    ['[env]\n"KEY" = 5', '[env]\n# credence 7f3a: "KEY" = 5'],
  ])('mise: %j', (text, edited) => {
    expect(editInWords(editMise, text)).toMatchObject({ text: edited, left: [] });
  });

  test('wherever it is set', () => {
    expect(editInWords(editDotenv, 'KEY=a\nKEY=b\n').done).toEqual([
      '1 commented-out KEY="a"',
      '2 commented-out KEY="b"',
    ]);
  });
});

test.each<readonly [Place, string, string]>([
  ['pam', 'several-lines', 'KEY=v \\\nw'],
  ['pam', 'several-lines', '# x\\\nKEY=v'],
  ['systemd', 'several-lines', 'KEY="a\nb"'],
  ['systemd', 'several-lines', 'KEY=a\\\nb'],
  ['systemd', 'several-lines', '# x\\\nKEY=v'],
  ['systemd', 'computed', 'KEY=${A}'],
  ['systemd', 'used-later', 'KEY=v\nOTHER=${KEY}/x'],
  ['systemd', 'used-later', 'KEY=v\nOTHER=$KEY'],
  ['pam-env-conf', 'computed', 'KEY DEFAULT=${HOME}/x'],
  ['pam-env-conf', 'used-later', 'KEY DEFAULT=v\nOTHER DEFAULT=@{KEY}'],
  ['pam-env-conf', 'several-lines', 'KEY \\\nDEFAULT=v'],
  ['dotenv', 'several-lines', 'KEY="a\nb"'],
  ['dotenv', 'computed', 'KEY=$A'],
  ['dotenv', 'computed', 'KEY=a#b'],
  ['dotenv', 'used-later', 'KEY=v\nOTHER=${KEY}'],
  ['mise', 'computed', '[env]\nKEY = "{{ exec(command=\'x\') }}"'],
  ['mise', 'conditional', '[env]\nKEY = { default = "v" }'],
  ['mise', 'conditional', '[env]\nKEY = "v"\nnonsense'],
  ['mise', 'several-lines', '[env]\nKEY = """\nv"""'],
  ['mise', 'shared-line', 'env = { KEY = "v", A = "1" }'],
  ['mise', 'shared-line', '[env]\nKEY.value = "v"\nKEY.redact = true'],
  ['mise', 'used-later', '[env]\nKEY = "v"\nA = "{{ env.KEY }}"'],
  ['mise', 'used-later', '[env]\nKEY = "v"\n[tasks.x]\nrun = "echo $KEY"'],
])('%s: a line is left as %s: %j', (name, why, text) => {
  const { left, done } = editInWords(place(name), text);
  expect(done).toEqual([]);
  expect(left.map((line) => line.replace(/^\d+ KEY /, ''))).toEqual([why]);
});

const ORDINARY = {
  pam: 'KEY=v',
  systemd: 'KEY=v',
  'pam-env-conf': 'KEY DEFAULT=v',
  dotenv: 'KEY=v',
  mise: 'env.KEY = "v"',
};

describe.each(Object.keys(PLACES) as Place[])('%s', (name) => {
  const line = ORDINARY[name];

  test('loses a whole line when it is to be removed', () => {
    expect(editInWords(place(name), `# a\n${line}\n# b\n`, requestFor(REMOVE)).text).toBe('# a\n# b\n');
  });

  test('cannot look anything up', () => {
    expect(editInWords(place(name), line, requestFor(LOOK_UP)).left).toEqual(['1 KEY not-possible']);
  });

  test('has nothing to edit in a comment, and keeps other names', () => {
    const text = `# ${line}\n#${line}\n${line.replace('KEY', 'KEYS')}\n`;
    expect(place(name)(text, requestFor())).toEqual({ spans: [], done: [], left: [] });
  });

  test('is left in another encoding', () => {
    const wide = Array.from(line).join('\0');
    expect(editInWords(place(name), `\xFF\xFE${wide}\0`).left).toEqual(['1 KEY encoding']);
  });
});
