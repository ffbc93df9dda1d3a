import { describe, expect, test } from 'vitest';
import { COMMENT_OUT, editInWords, LOOK_UP, requestFor } from '../../../testing/edit-in-words.ts';
import { editPowerShell } from './powershell.ts';

describe('a line that does nothing but set the name to a constant is commented out', () => {
  test.each([
    ["$env:KEY = 'v'", 'v'],
    ['$env:KEY="v"', 'v'],
    ["${env:KEY} = 'v'", 'v'],
    ["$ENV:KEY = 'it''s'", "it's"],
    ['$env:KEY = "a`tb"', 'a\tb'],
    ['$env:KEY = 5', '5'],
    ["$env:KEY = 'v';", 'v'],
    ["$env:KEY = 'v' # \"mine", 'v'],
    ['Set-Item Env:KEY v', 'v'],
    ["Set-Item -Path 'Env:\\KEY' -Value 'v'", 'v'],
    ["[Environment]::SetEnvironmentVariable('KEY', 'v')", 'v'],
    ["[System.Environment]::SetEnvironmentVariable('KEY', 'v', 'Process')", 'v'],
  ])('%s', (line, value) => {
    expect(editInWords(editPowerShell, `$a = 1\r\n  ${line}\r\n$b = 2\r\n`)).toEqual({
      text: `$a = 1\r\n  # credence 7f3a: ${line}\r\n$b = 2\r\n`,
      done: [`2 commented-out KEY=${JSON.stringify(value)}`],
      left: [],
    });
  });

  test.each([
    ['a byte order mark', '\xEF\xBB\xBF'],
    ['a block comment', '<# a\nb #>\n'],
    ['an option that looks like an operator', 'git status -s\n'],
    ['a here-string', '$a = @"\n$env:KEY\n"@.Trim()\n'.replace('$env:KEY', 'x')],
    ['a comment that ends like a statement that goes on', '$a = 1 # or |\n'],
  ])('behind %s', (_, before) => {
    expect(editInWords(editPowerShell, `${before}$env:KEY = 'v'\n`).text).toBe(
      `${before}# credence 7f3a: $env:KEY = 'v'\n`,
    );
  });
});

test.each([
  ['conditional', "if ($x) { $env:KEY = 'v' }"],
  ['conditional', "function f { $env:KEY = 'v' }"],
  ['conditional', "try {\n  $env:KEY = 'v'\n} catch {}"],
  ['conditional', "$env:KEY ??= 'v'"],
  ['conditional', "[Environment]::SetEnvironmentVariable('KEY', 'v', 'User')"],
  ['conditional', "}\n$env:KEY = 'v'"],
  ['computed', '$env:KEY = "$x"'],
  ['computed', '$env:KEY = (Get-Secret key)'],
  ['computed', "$env:KEY += 'v'"],
  ['computed', "'v' | Set-Item Env:KEY"],
  ['shared-line', "$env:A = 'a'; $env:KEY = 'v'"],
  ['shared-line', "$x = $env:KEY = 'v'"],
  ['shared-line', "[string]$env:KEY = 'v'"],
  ['several-lines', "$env:KEY = @'\nv\n'@"],
  ['several-lines', "$env:KEY = `\n 'v'"],
  ['several-lines', "$x =\n$env:KEY = 'v'"],
  ['several-lines', "$env:KEY = 'v'\n| Out-Null"],
  ['used-later', "$env:KEY = 'v'\n$env:OTHER = $env:KEY"],
  ['used-later', "$env:KEY = 'v'\n$env:OTHER = $env:key"],
  ['used-later', "$env:KEY = 'v'\nif (Test-Path env:KEY) { $env:A = 1 }"],
  ['used-later', "$env:KEY = 'v'\n$a = $?"],
  ['not-possible', "$env:Key = 'v'"],
  ['not-possible', "$env:KEY = 'v'\n# SIG # Begin signature block\n# x"],
])('a line is left as %s: %j', (why, text) => {
  const { left, done } = editInWords(editPowerShell, text);
  expect(done).toEqual([]);
  expect(left.map((line) => line.replace(/^\d+ KEY /, ''))).toEqual([why]);
});

test.each([
  "# $env:KEY = 'v'",
  "Write-Host '$env:KEY = 1'",
  'Remove-Item Env:KEY',
  "$env:KEY = ''",
  "$env:KEYS = 'v'",
])('%j has nothing to edit', (text) => {
  expect(editPowerShell(text, requestFor())).toEqual({ spans: [], done: [], left: [] });
});

test('removing the variable again reads no value', () => {
  expect(editInWords(editPowerShell, "$env:KEY = 'v'\nRemove-Item Env:\\KEY\n").done).toHaveLength(1);
});

test('a value can be looked up', () => {
  const how = { kind: 'look-up', command: ["C:\\it's here\\credence.exe", 'secret', 'KEY'] } as const;
  expect(editInWords(editPowerShell, "$env:KEY = 'v' # x\n", requestFor(how)).text).toBe(
    "$env:KEY = (& 'C:\\it''s here\\credence.exe' secret KEY) # x\n",
  );
});

test('a look-up is not written where Windows PowerShell would garble it, nor as an argument', () => {
  const how = { kind: 'look-up', command: ['C:\\Zoé\\credence.exe'] } as const;
  expect(editInWords(editPowerShell, "$env:KEY = 'v'\n", requestFor(how)).left).toEqual([
    '1 KEY not-possible',
  ]);
  expect(editInWords(editPowerShell, "\xEF\xBB\xBF$env:KEY = 'v'\n", requestFor(how)).text).toBe(
    "\xEF\xBB\xBF$env:KEY = (& 'C:\\Zo\xC3\xA9\\credence.exe')\n",
  );
  expect(editInWords(editPowerShell, 'Set-Item Env:KEY v\n', requestFor(LOOK_UP)).left).toEqual([
    '1 KEY not-possible',
  ]);
});

test('two names that are asked for may share a line', () => {
  const words = editInWords(
    editPowerShell,
    "$env:KEY = 'v'; $env:B = 'w'",
    requestFor(COMMENT_OUT, ['KEY', 'B']),
  );
  expect(words.done).toEqual(['1 commented-out KEY="v"', '1 commented-out B="w"']);
});
