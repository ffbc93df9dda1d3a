import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import type { TellingFile, Told } from './telling-files.ts';

/** One kind of trouble with a file. */
export interface Trouble {
  readonly name: string;
  /** Files that have it; every file unless said. */
  readonly for?: (file: TellingFile) => boolean;
  /** What must be told of the file; nothing in particular unless said. */
  readonly told?: Told | ((file: TellingFile) => Told | null);
  /** The file tells all it did before. */
  readonly stillTells?: (file: TellingFile) => boolean;
  /** The file lies at `path` already. */
  readonly make: (path: string, file: TellingFile) => void;
}

const MIB = 1024 * 1024;
const isJson = ({ json }: TellingFile): boolean => json;
const onlyJson = (file: TellingFile): Told | null => (file.json ? 'malformed' : null);

const writes =
  (change: (content: string, file: TellingFile) => string | Buffer) =>
  (path: string, file: TellingFile): void => {
    writeFileSync(path, change(file.content, file));
  };

const replaces = (make: (path: string) => void) => (path: string) => {
  rmSync(path);
  make(path);
};

/** VS Code's file has a comment on top. */
const objectOf = (content: string): unknown => JSON.parse(content.replace(/^\/\/.*\n/, ''));

/** Every member of whatever depth gets another value, one variant after the other. */
const wrongTypes = (value: unknown): Trouble => ({
  name: `every member is ${JSON.stringify(value)}`,
  for: isJson,
  make: writes((content) => {
    const object = objectOf(content) as Readonly<Record<string, unknown>>;
    return JSON.stringify(Object.fromEntries(Object.keys(object).map((name) => [name, value])));
  }),
});

/** Below each member of the first level, all members get another value. */
const wrongInside = (value: unknown): Trouble => ({
  name: `everything below the first level is ${JSON.stringify(value)}`,
  for: isJson,
  make: writes((content) => {
    const inside = (part: unknown): unknown =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.keys(part).map((name) => [name, value]))
        : Array.isArray(part)
          ? [value, [value]]
          : part;
    const object = objectOf(content) as Readonly<Record<string, unknown>>;
    return JSON.stringify(
      Object.fromEntries(Object.entries(object).map(([name, part]) => [name, inside(part)])),
    );
  }),
});

const topLevel = (text: string): Trouble => ({
  name: `all of it is ${text}`,
  for: isJson,
  make: writes(() => text),
});

const DEEP = 10_000;
const nested = (open: string, close: string): string => open.repeat(DEEP) + close.repeat(DEEP);

/** A further member in front of all others. */
const withMember = (content: string, member: string): string => content.replace('{', `{${member},`);

/** Takes a byte order mark, as measured. */
const takesMark = ({ id, json }: TellingFile): boolean =>
  json && !['credentials', 'profile-config', 'profile-credential'].includes(id);

export const TROUBLES: readonly Trouble[] = [
  { name: 'empty', told: 'empty', make: writes(() => '') },
  { name: 'white space only', told: 'empty', make: writes(() => ' \n\t\n') },
  { name: 'a mebibyte of white space', make: writes((content) => `${content.trimEnd()}${' '.repeat(MIB)}x`) },
  {
    name: 'larger than the cap',
    told: 'unreadable',
    // git's index may be larger than everything else; what a program is called on the disk is small.
    make: (path, { limit }) => {
      writeFileSync(path, '{');
      truncateSync(path, 8 * limit + 1);
    },
  },
  {
    name: 'not to be read by this user',
    told: 'unreadable',
    make: (path) => {
      chmodSync(path, 0);
    },
  },
  {
    name: 'a link to itself',
    told: 'unreadable',
    make: replaces((path) => {
      symlinkSync(path, path);
    }),
  },
  {
    name: 'a link to nothing',
    told: (file) => (file.id === 'fingerprint-key' ? 'unreadable' : 'absent'),
    make: replaces((path) => {
      symlinkSync(`${path}.gone`, path);
    }),
  },
  {
    name: 'not there',
    told: 'absent',
    make: replaces(() => undefined),
  },
  {
    name: 'a FIFO',
    told: 'unreadable',
    make: replaces((path) => {
      spawnSync('mkfifo', [path]);
    }),
  },
  {
    name: 'a folder',
    told: 'unreadable',
    // A folder `.git` is what there usually is.
    for: ({ id }) => id !== 'git-file',
    make: replaces((path) => {
      mkdirSync(path);
    }),
  },
  {
    name: 'a link to a device without end',
    told: 'unreadable',
    make: replaces((path) => {
      symlinkSync('/dev/zero', path);
    }),
  },
  {
    name: 'UTF-16 with a mark',
    stillTells: ({ id, limit, json }) =>
      json && (limit === 2 * MIB || id === 'claude-json') && id !== 'vscode',
    make: writes((content) => Buffer.from(`\ufeff${content}`, 'utf16le')),
  },
  {
    name: 'UTF-16 without a mark',
    told: onlyJson,
    make: writes((content) => Buffer.from(content, 'utf16le')),
  },
  { name: 'Latin-1', make: writes((content) => Buffer.from(`${content}\xe9\xfc`, 'latin1')) },
  { name: 'NUL bytes', told: onlyJson, make: writes((content) => content.replaceAll(/[\n:=]/g, '\0$&\0')) },
  {
    name: 'cut off in the middle',
    told: onlyJson,
    make: writes((content) => content.slice(0, Math.floor(content.length / 2))),
  },
  { name: 'bytes at random', told: onlyJson, make: writes(() => Buffer.from(noise(4096))) },
  ...['[]', '"text"', '7', 'null', 'true', nested('[', ']'), `${nested('{"a":', '')}1`].map((text) => ({
    ...topLevel(text),
    name: `all of it is ${text.slice(0, 12)}`,
  })),
  ...[[], {}, 'text', -1, null, [[['x']]]].map(wrongTypes),
  ...[[], {}, 'text', 1e300, null, true].map(wrongInside),
  {
    name: 'ten thousand levels in each value',
    for: isJson,
    make: writes((content) => content.replaceAll(/: (?:"[^"]*"|\d+|true)(?=,?\n)/g, `: ${nested('[', ']')}`)),
  },
  {
    name: 'members called as parts of objects are',
    for: isJson,
    stillTells: () => true,
    make: writes((content) => {
      const hostile = `"__proto__": {"env": {"ANTHROPIC_API_KEY": 7}}, "constructor": {"prototype": 1}, "toString": 1`;
      return withMember(content, hostile).replace(
        '"env": {',
        `"env": {"__proto__": "x", "hasOwnProperty": "y",`,
      );
    }),
  },
  {
    name: 'members twice',
    for: isJson,
    stillTells: () => true,
    make: writes((content) =>
      content.replaceAll(
        /("\w+"): ("[^"]*"|\d+)(,?)$/gm,
        (_, name: string, value: string, comma: string) => `${name}: "first",\n${name}: ${value}${comma}`,
      ),
    ),
  },
  { name: 'a byte order mark', stillTells: takesMark, make: writes((content) => `\ufeff${content}`) },
  {
    name: 'lines of Windows',
    stillTells: ({ id }) => !id.startsWith('git-index') && id !== 'git-file-index',
    make: writes((content, { id }) => (id.includes('index') ? content : content.replaceAll('\n', '\r\n'))),
  },
  {
    name: 'a line of a mebibyte',
    // Of a program's package less is read.
    stillTells: ({ id, json }) => json && id !== 'package',
    make: writes((content, { json }) => {
      const line = 'x'.repeat(MIB);
      return json ? withMember(content, `"unknown": "${line}"`) : `# ${line}\n${content}${line}\n`;
    }),
  },
  {
    name: 'brackets and quotes that never close',
    told: onlyJson,
    make: writes(
      (content) =>
        `${content}${['$(', '"${', "'", '`', '((', '[[', '{', '<<E\n', '@(', '"""'].join('').repeat(20_000)}`,
    ),
  },
];

/** The same each time. */
function noise(length: number): readonly number[] {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state >> 16) & 0xff;
  });
}
