import { describe, expect, test } from 'vitest';
import { readEnvironmentFile, type EnvironmentFileDialect } from './environment-file.ts';

const wanted = (name: string): boolean => /^(?:KEY|URL)$/.test(name);

function summary(text: string, dialect: EnvironmentFileDialect): readonly string[] {
  return readEnvironmentFile(text, wanted, dialect).assignments.map(
    ({ line, name, value, kind, certainty, exported }) =>
      [
        line,
        kind,
        value === null ? name : `${name}=${JSON.stringify(value)}`,
        certainty,
        exported ? '' : 'kept',
      ]
        .join(' ')
        .trim(),
  );
}

describe('/etc/environment, as pam_env reads it', () => {
  test.each([
    ['a plain value', 'KEY=a b', '1 set KEY="a b" literal'],
    ['double quotes', 'KEY="a b"', '1 set KEY="a b" literal'],
    ['single quotes', "KEY='a'", '1 set KEY="a" literal'],
    ['a quote in the middle stays', 'KEY=a"b', '1 set KEY="a\\"b" literal'],
    ['export is allowed', 'export KEY=a', '1 set KEY="a" literal'],
    ['nothing is expanded', 'KEY=$HOME/\\n', '1 set KEY="$HOME/\\\\n" literal'],
    ['a comment ends even a quoted value', 'KEY="a#b"', '1 set KEY="a" literal'],
    ['an empty value', 'KEY=', '1 set KEY="" literal'],
    ['a name alone removes', 'KEY', '1 unset KEY literal'],
    ['a continued line', '\nKEY=a\\\nb', '2 set KEY="ab" literal'],
    ['Windows line ends', '#\r\nKEY=a\r\n', '2 set KEY="a" literal'],
  ])('%s', (_, text, line) => {
    expect(summary(text, 'pam')).toEqual([line]);
  });

  test.each(['# KEY=a', 'K-EY=a', 'MY_KEY=a', ''])('%j sets nothing', (text) => {
    expect(summary(text, 'pam')).toEqual([]);
  });
});

describe('pam_env.conf', () => {
  test.each([
    ['a default', 'KEY DEFAULT=a', '1 set KEY="a" literal'],
    ['a quoted default', 'KEY\tDEFAULT="a b"', '1 set KEY="a b" literal'],
    ['an override wins', 'KEY DEFAULT=a OVERRIDE=b', '1 set KEY="b" literal'],
    ['an empty override does not', 'KEY DEFAULT=a OVERRIDE=', '1 set KEY="a" literal'],
    ['an empty quoted default', 'KEY DEFAULT=""', '1 set KEY="" literal'],
    ['a variable', 'KEY DEFAULT=${HOME}/x', '1 set KEY computed'],
    ['an item of PAM', 'KEY DEFAULT=@{PAM_USER}', '1 set KEY computed'],
    ['an escaped dollar sign', 'KEY DEFAULT=\\${HOME}', '1 set KEY="${HOME}" literal'],
    ['neither removes', 'KEY DEFAULT= OVERRIDE=', '1 unset KEY literal'],
    ['a name alone removes', 'KEY', '1 unset KEY literal'],
    ['a continued line', '# x\nKEY \\\n DEFAULT=a # x', '2 set KEY="a" literal'],
  ])('%s', (_, text, line) => {
    expect(summary(text, 'pam-env-conf')).toEqual([line]);
  });

  test.each(['KEY=a', 'KEY OTHER=a', 'KEY DEFAULT="a', 'KEY DEFAULT="a"b'])('%j is ignored', (text) => {
    expect(summary(text, 'pam-env-conf')).toEqual([]);
  });
});

describe('environment.d', () => {
  test.each([
    ['a plain value', 'KEY=a b  ', '1 set KEY="a b" literal'],
    ['double quotes', 'KEY="a b "', '1 set KEY="a b " literal'],
    ['quotes one after the other', 'KEY="a "\'b "\'', '1 set KEY="a b \\"" literal'],
    ['a quote in the middle stays', 'KEY=a"b"', '1 set KEY="a\\"b\\"" literal'],
    ['escapes in double quotes', 'KEY="a\\"b\\\\c\\q"', '1 set KEY="a\\"b\\\\c\\\\q" literal'],
    ['a backslash outside of quotes', 'KEY=a\\ ', '1 set KEY="a " literal'],
    ['a continued line', '\nKEY=a\\\nb', '2 set KEY="ab" literal'],
    ['several lines in quotes', 'KEY="a\nb"', '1 set KEY="a\\nb" literal'],
    ['a hash is no comment behind a value', 'KEY=a # b', '1 set KEY="a # b" literal'],
    ['blanks around the name', ' KEY =a', '1 set KEY="a" literal'],
    ['a variable', 'KEY=$HOME', '1 set KEY computed'],
    ['a variable in single quotes', "KEY='${HOME:-x}'", '1 set KEY computed'],
    ['an empty value', 'KEY=', '1 set KEY="" literal'],
  ])('%s', (_, text, line) => {
    expect(summary(text, 'systemd')).toEqual([line]);
  });

  test('comments and lines without a value are passed over', () => {
    expect(summary('# KEY=a\n ; KEY=b\nKEY\n\nexport URL=x\nURL="a\nKEY=b"\nKEY=c', 'systemd')).toEqual([
      '6 set URL="a\\nKEY=b" literal',
      '8 set KEY="c" literal',
    ]);
  });
});

describe('.env files', () => {
  test.each([
    ['a plain value', 'KEY=a', '1 set KEY="a" literal'],
    ['export and blanks', '  export KEY = a b ', '1 set KEY="a b" literal'],
    ['a colon', 'KEY: a', '1 set KEY="a" literal'],
    ['a comment', 'KEY=a # b', '1 set KEY="a" literal'],
    ['a hash in a word', 'KEY=a#b', '1 set KEY computed'],
    ['single quotes', "KEY='a # $b' # c", '1 set KEY="a # $b" literal'],
    ['double quotes', 'KEY="a\\nb"', '1 set KEY="a\\nb" literal'],
    ['backquotes', 'KEY=`a "b"`', '1 set KEY="a \\"b\\"" literal'],
    ['a variable', 'KEY=${OTHER}', '1 set KEY computed'],
    ['a variable in double quotes', 'KEY="$OTHER"', '1 set KEY computed'],
    ['a backslash', 'KEY=a\\b', '1 set KEY computed'],
    ['an empty value', 'KEY=', '1 set KEY="" literal'],
    ['a quote that is not closed', 'KEY="a', '1 set KEY="\\"a" literal'],
    ['several lines', '\nKEY="a\nb"', '2 set KEY="a\\nb" literal'],
    ['a byte order mark and Windows line ends', '\uFEFF#\r\nKEY=a\r\n', '2 set KEY="a" literal'],
  ])('%s', (_, text, line) => {
    expect(summary(text, 'dotenv')).toEqual([line]);
  });

  test('lines are counted behind a value of several lines', () => {
    expect(summary("URL='\n#\n'\n# KEY=x\nKEY\nKEY=a", 'dotenv')).toEqual([
      '1 set URL="\\n#\\n" literal',
      '6 set KEY="a" literal',
    ]);
  });
});
