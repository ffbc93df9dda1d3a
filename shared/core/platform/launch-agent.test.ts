import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { launchAgentVariables } from './launch-agent.ts';
import type { PlistValue } from './plist.ts';

const job = (args: readonly PlistValue[], more: Readonly<Record<string, PlistValue>> = {}): PlistValue =>
  new Map<string, PlistValue>(
    Object.entries({ Label: 'x', ProgramArguments: args, RunAtLoad: true, ...more }),
  );
const script = (text: string): PlistValue => job(['/bin/sh', '-c', text]);
const LAUNCHCTL = ['/bin/launchctl', 'setenv', 'NAME', 'value'];

describe('A job sets variables', () => {
  test.each<[string, PlistValue, readonly string[]]>([
    ['by running launchctl', job(LAUNCHCTL), ['NAME=value']],
    ['found on the path', job(['launchctl', 'setenv', 'NAME', 'two words']), ['NAME=two words']],
    ['several at once', job(['launchctl', 'setenv', 'A', '1', 'B', '2', 'C']), ['A=1', 'B=2']],
    [
      'named as Program',
      job(['x', 'setenv', 'NAME', 'value'], { Program: '/bin/launchctl' }),
      ['NAME=value'],
    ],
    ['in a script', script('launchctl setenv NAME value'), ['NAME=value']],
    ['in a script of a login shell', job(['/bin/zsh', '-l', '-c', 'launchctl setenv A 1']), ['A=1']],
    ['with the options in one', job(['/bin/bash', '-lc', 'launchctl setenv A 1', 'zero']), ['A=1']],
    ['by its full path', script('/bin/launchctl setenv NAME value'), ['NAME=value']],
    ['in quotes', script(`launchctl setenv A 'it is' ; launchctl setenv B "so"`), ['A=it is', 'B=so']],
    [
      'one after the other',
      script('launchctl setenv A 1\nlaunchctl setenv B 2 && launchctl setenv C 3'),
      ['A=1', 'B=2', 'C=3'],
    ],
    ['behind a condition', script('if true; then launchctl setenv A 1; fi'), ['A=1']],
    ['with its output thrown away', script('launchctl setenv A 1 >/dev/null 2>&1'), ['A=1']],
    ['when started otherwise', job(LAUNCHCTL, { RunAtLoad: false, StartInterval: 60 }), ['NAME=value']],
  ])('%s', (_, plist, expected) => {
    expect(launchAgentVariables(plist).map(({ name, text }) => `${name}=${text}`)).toEqual(expected);
  });
});

describe('A job sets nothing', () => {
  test.each<[string, PlistValue | null]>([
    ['that could not be read', null],
    ['that is no dictionary', ['launchctl', 'setenv', 'A', '1']],
    ['without arguments', new Map([['RunAtLoad', true]])],
    ['that runs something else', job(['/usr/bin/env', 'setenv', 'A', '1'])],
    ['that reads or removes', job(['launchctl', 'unsetenv', 'NAME', 'value'])],
    ['that is switched off', job(LAUNCHCTL, { Disabled: true })],
    ['that nobody starts', job(LAUNCHCTL, { RunAtLoad: false })],
    ['whose variables are its own', job(['/bin/true'], { EnvironmentVariables: new Map([['A', '1']]) })],
    ['from a script file', job(['/bin/sh', '/Users/p/set.sh', '-c', 'launchctl setenv A 1'])],
    ['from a script that only prints it', script('echo launchctl setenv A 1')],
    ['from a script in a comment', script('# launchctl setenv A 1')],
    ['without a script', job(['/bin/sh', '-c'])],
  ])('%s', (_, plist) => {
    expect(launchAgentVariables(plist)).toEqual([]);
  });
});

test('What a script computes is left out, and what follows is not.', () => {
  const text =
    'launchctl setenv A "$(cat key)"; launchctl setenv B $HOME/x; launchctl setenv "$N" 1; launchctl setenv C ~/y; launchctl setenv D 4';
  expect(launchAgentVariables(script(text))).toEqual([{ name: 'D', text: '4' }]);
});

test('No script makes it fail.', () => {
  const pieces = fc.constantFrom(
    ...[
      'launchctl',
      ' ',
      'setenv',
      'A',
      '"',
      "'",
      '$(',
      ')',
      '(',
      '`',
      ';',
      '\n',
      '{',
      '}',
      '<<',
      '\\',
      '#',
      'if',
      '()',
    ],
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
      ),
      (text) => {
        for (const { name } of launchAgentVariables(script(text))) expect(name).not.toBe('');
      },
    ),
  );
});

test.each(['$(', '(', ')', 'launchctl setenv A 1;', 'launchctl ', '"', '$(a)', '<<A\n'])(
  'A quarter of a megabyte of %j takes no longer than its length.',
  (piece) => {
    const started = performance.now();
    launchAgentVariables(script(piece.repeat(Math.ceil(250_000 / piece.length))));
    expect(performance.now() - started).toBeLessThan(3_000);
  },
);
