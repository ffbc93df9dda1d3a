import { describe, expect, test } from 'vitest';
import { readPowerShell } from './powershell.ts';

const wanted = (name: string): boolean => /^(?:KEY|URL)$/.test(name);

function summary(text: string): readonly string[] {
  return readPowerShell(text, wanted).assignments.map(({ line, name, value, kind, certainty }) =>
    [line, kind, value === null ? name : `${name}=${JSON.stringify(value)}`, certainty].join(' '),
  );
}

describe('a variable is set', () => {
  test.each([
    ['by an assignment', "$env:KEY = 'a'"],
    ['without blanks', '$env:KEY="a"'],
    ['in braces', "${env:KEY} = 'a'"],
    ['in any case', "$ENV:Key = 'a'"],
    ['by a number', "$env:KEY = 'a'; $x = 1"],
    ['behind a cast', "[string]$env:KEY = 'a'"],
    ['through another variable', "$x = $env:KEY = 'a'"],
    ['by Set-Item', 'Set-Item Env:KEY a'],
    ['by Set-Item with parameters', 'Set-Item -Path "Env:\\KEY" -Value \'a\''],
    ['by Set-Item with the value first', 'Set-Item -Value a -Path env:/KEY'],
    ['by its alias', 'si env:KEY a'],
    ['by New-Item -Force', 'New-Item -Path Env: -Name KEY -Value a -Force'],
    ['by Set-Content', 'Set-Content env:KEY a'],
    ['by the method of .NET', "[Environment]::SetEnvironmentVariable('KEY', 'a')"],
    ['by its full name', "[System.Environment]::SetEnvironmentVariable( 'KEY', 'a', 'Process' )"],
    ['behind a comment', "<# $env:KEY = 'b' #> $env:KEY = 'a' # x"],
    ['over a continued line', "$env:KEY = `\n 'a'"],
  ])('%s', (_, text) => {
    expect(summary(text)).toEqual(['1 set KEY="a" literal']);
  });

  test.each([
    ['single quotes', "'it''s $x'", "it's $x"],
    ['double quotes', '"a""b`"c`n`$d"', 'a"b"c\n$d'],
    ['a here-string', "@'\na\n'b'\n'@", "a\n'b'"],
    ['an expandable here-string', '@"\n"a"\n"@', '"a"'],
    ['a number', '1', '1'],
    ['true', '$true', 'True'],
    ['a dollar sign without a name', '"a$ b"', 'a$ b'],
  ])('to %s', (_, text, value) => {
    expect(summary(`$env:KEY = ${text}`)).toEqual([`1 set KEY=${JSON.stringify(value)} literal`]);
  });

  test.each([
    '"a$x"',
    '"a$(Get-Date)"',
    '(Get-Content x)',
    "'a' + 'b'",
    'Get-Key',
    '$x',
    '"a`u{41}"',
    "'a",
    "if (1) { 'a' }",
    '@"\n$x\n"@',
  ])('to something computed by %s', (text) => {
    expect(summary(`$env:KEY = ${text}`)).toEqual(['1 set KEY computed']);
  });

  test('by +=, to something computed', () => {
    expect(summary("$env:KEY += 'a'")).toEqual(['1 set KEY computed']);
  });

  test('from the pipeline, to something computed', () => {
    expect(summary("'a' | Set-Item env:KEY")).toEqual(['1 set KEY computed']);
  });
});

test.each([
  "if ($x) { $env:KEY = 'a' }",
  "function f { $env:KEY = 'a' }",
  "try { $env:KEY = 'a' } catch {}",
  "$env:KEY ??= 'a'",
  'Test-Path x && Set-Item env:KEY a',
  'New-Item Env:KEY -Value a',
  "[Environment]::SetEnvironmentVariable('KEY', 'a', 'User')",
  "[Environment]::SetEnvironmentVariable('KEY', 'a', [EnvironmentVariableTarget]::Machine)",
  "if ($x) { return }; $env:KEY = 'a'",
  "}; $env:KEY = 'a'",
])('%s sets perhaps', (text) => {
  expect(summary(text)).toEqual(['1 set KEY="a" conditional']);
});

test.each([
  'Remove-Item Env:KEY',
  'Remove-Item -Path Env:\\KEY -ErrorAction SilentlyContinue',
  'ri env:KEY',
  '$env:KEY = $null',
  "$env:KEY = ''",
  "[Environment]::SetEnvironmentVariable('KEY', $null)",
  'Clear-Item Env:KEY',
])('%s removes', (text) => {
  expect(summary(text)).toEqual(['1 unset KEY literal']);
});

test.each([
  '# $env:KEY = 1',
  '<#\n$env:KEY = 1\n#>',
  "Write-Host '$env:KEY = 1'",
  '$x = @"\n$env:KEY = 1\n"@',
  '$env:KEY -eq 1',
  '$env:KEY',
  '$env:OTHER = 1',
  '$env:KEY.Length = 1',
  "return\n$env:KEY = 'a'",
])('%s sets nothing', (text) => {
  expect(summary(text)).toEqual([]);
});

test('a path in the home folder can be expanded', () => {
  expect(readPowerShell('$env:KEY = "$HOME/x"', wanted).assignments).toMatchObject([
    { pathAsWritten: '$HOME/x' },
  ]);
});

test('lines are counted through here-strings, comments and Windows line ends', () => {
  expect(summary("\uFEFF$x = @'\r\na\r\n'@\r\n<#\r\n#>\r\n$env:KEY = 'a'\r\n")).toEqual([
    '6 set KEY="a" literal',
  ]);
});

test('scripts that are run are told, because the environment is that of the process', () => {
  const text = [
    '. ~/keys.ps1',
    '. "$PSScriptRoot\\keys.ps1"',
    'if (Test-Path x) { & "$HOME/x.ps1" }',
    '. $env:USERPROFILE\\x.ps1',
    '. (Join-Path $HOME x.ps1)',
    './x.ps1',
    '. $x',
    '& git status',
  ].join('\n');
  expect(
    readPowerShell(text, wanted).sources.map(({ line, path, conditional }) => [line, path, conditional]),
  ).toEqual([
    [1, '~/keys.ps1', false],
    [2, '$PSScriptRoot\\keys.ps1', false],
    [3, '$HOME/x.ps1', true],
    [4, '$HOME\\x.ps1', false],
    [6, './x.ps1', false],
    [7, null, false],
  ]);
});
