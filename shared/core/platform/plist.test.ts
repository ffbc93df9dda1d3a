import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBinaryPlist, parsePlist, plistToJson, type PlistValue } from './plist.ts';

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';
const plist = (value: string): string => `${HEAD}<plist version="1.0">\n${value}\n</plist>\n`;

test('A launch agent is read as it stands in its file.', () => {
  const agent = parsePlist(
    plist(`<dict>
	<key>Label</key>
	<string>setenv.EXAMPLE</string>
	<!-- set at login -->
	<key>ProgramArguments</key>
	<array>
		<string>/bin/launchctl</string>
		<string>setenv</string>
		<string>EXAMPLE_TOKEN</string>
		<string>a &amp; b &lt;c&gt; &quot;d&quot; &apos;e&apos; &#xFC;&#8364;</string>
	</array>
	<key>RunAtLoad</key>
	<true/>
	<key>Nice</key>
	<integer>-5</integer>
</dict>`),
  );
  expect(agent).toEqual(
    new Map<string, PlistValue>([
      ['Label', 'setenv.EXAMPLE'],
      ['ProgramArguments', ['/bin/launchctl', 'setenv', 'EXAMPLE_TOKEN', 'a & b <c> "d" \'e\' ü€']],
      ['RunAtLoad', true],
      ['Nice', -5],
    ]),
  );
});

describe('Each kind of value', () => {
  test.each<[string, PlistValue]>([
    ['<string/>', ''],
    ['<string></string>', ''],
    ['<string> kept \n as it is </string>', ' kept \n as it is '],
    ['<string>a<![CDATA[ <b> & ]]>c</string>', 'a <b> & c'],
    ['<string>a<!-- not -->b</string>', 'ab'],
    ['<true />', true],
    ['<false></false>', false],
    ['<integer> 12 </integer>', 12],
    ['<integer>0xFf</integer>', 255],
    ['<integer>-0</integer>', 0],
    ['<real>-1.5e3</real>', -1500],
    ['<real>inf</real>', Infinity],
    ['<date>2026-11-20T09:00:00Z</date>', '2026-11-20T09:00:00Z'],
    ['<data>\n\tAQ ID\n</data>', 'AQID'],
    ['<array/>', []],
    ['<array><true/><array></array></array>', [true, []]],
    ['<dict/>', new Map()],
    ['<dict><key/><string>x</string></dict>', new Map([['', 'x']])],
    ['<dict><key>a</key><string>1</string><key>a</key><string>2</string></dict>', new Map([['a', '2']])],
  ])('%j', (text, expected) => {
    expect(parsePlist(plist(text))).toEqual(expected);
  });

  test('Line breaks are those of XML, and a byte order mark does no harm.', () => {
    expect(parsePlist(`\uFEFF${plist('<string>a\r\nb\rc</string>')}`)).toBe('a\nb\nc');
  });
});

test.each([
  ['nothing', ''],
  ['JSON', '{"a":1}'],
  ['no value', plist('')],
  ['two values', plist('<true/><true/>')],
  ['a value outside of a list', `${HEAD}<string>x</string>`],
  ['text behind the end', `${plist('<true/>')}x`],
  ['text between the values', plist('<array>x<true/></array>')],
  ['a list that is cut off', plist('<array><string>x</string>').slice(0, -12)],
  ['a tag that closes another', plist('<array></dict>')],
  ['a tag that is unknown', plist('<set/>')],
  ['a key without a value', plist('<dict><key>a</key></dict>')],
  ['a value without a key', plist('<dict><string>a</string></dict>')],
  ['a tag inside of a text', plist('<string>a<b/>c</string>')],
  ['an entity that is unknown', plist('<string>&nbsp;</string>')],
  ['an ampersand by itself', plist('<string>a & b</string>')],
  ['half of a surrogate pair', plist('<string>&#xD800;</string>')],
  ['a character beyond all', plist('<string>&#x110000;</string>')],
  ['a number that is none', plist('<integer>1x</integer>')],
  ['a truth with a text', plist('<true>x</true>')],
  [
    'a document type with declarations',
    plist('<string>x</string>').replace('.dtd">', '.dtd" [<!ENTITY a "b">]>'),
  ],
  ['a comment that does not end', plist('<!-- <true/>')],
  ['depth without end', plist(`${'<array>'.repeat(100_000)}${'</array>'.repeat(100_000)}`)],
])('%s is malformed.', (_, text) => {
  expect(parsePlist(text)).toBeNull();
});

test('The binary form is told apart by its first bytes.', () => {
  expect(isBinaryPlist('bplist00\uFFFD\u0001')).toBe(true);
  expect(isBinaryPlist(plist('<true/>'))).toBe(false);
});

describe('JSON', () => {
  test.each<[string, PlistValue]>([
    [
      '{"env":{"NAME":"value"},"count":1.5,"list":[true,"x"]}',
      new Map<string, PlistValue>([
        ['env', new Map([['NAME', 'value']])],
        ['count', 1.5],
        ['list', [true, 'x']],
      ]),
    ],
    ['{"__proto__":{"a":1}}', new Map([['__proto__', new Map([['a', 1]])]])],
    ['["Infinity","NaN"]', [Infinity, NaN]],
  ])('%s', (expected, value) => {
    expect(plistToJson(value)).toBe(expected);
  });
});

const { value: anyValue } = fc.letrec<{ value: PlistValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\r/g, '')),
    fc.boolean(),
    fc.integer(),
    fc.array(tie('value')),
    fc
      .array(fc.tuple(fc.string(), tie('value')))
      .map((members) => new Map(members.map(([key, member]) => [key.replace(/\r/g, ''), member]))),
  ),
}));

function written(value: PlistValue): string {
  if (typeof value === 'boolean') return `<${String(value)}/>`;
  if (typeof value === 'number') return `<integer>${String(value)}</integer>`;
  if (typeof value === 'string') return `<string>${escaped(value)}</string>`;
  if (!(value instanceof Map))
    return `<array>${(value as readonly PlistValue[]).map(written).join('')}</array>`;
  const members = [...(value as ReadonlyMap<string, PlistValue>)];
  return `<dict>${members.map(([key, member]) => `<key>${escaped(key)}</key>${written(member)}`).join('\n')}</dict>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

test('Whatever the value is, what is written is read back.', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(parsePlist(plist(written(value)))).toEqual(value);
      expect(() => JSON.parse(plistToJson(value)) as unknown).not.toThrow();
    }),
  );
});

test('No text makes it fail.', () => {
  const pieces = fc.constantFrom(
    ...[
      '<plist>',
      '</plist>',
      '<dict>',
      '</dict>',
      '<key>',
      '</key>',
      '<string>',
      '</string>',
      '<array>',
      '</array>',
      '<true/>',
    ],
    ...[
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!DOCTYPE',
      '<',
      '>',
      '/',
      '&',
      '&amp;',
      '&#',
      ';',
      'a',
      ' ',
      '\0',
    ],
  );
  const soup = fc.array(pieces).map((all) => all.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.string(), soup, soup.map(plist)), (text) => {
      const value = parsePlist(text);
      if (value !== null) plistToJson(value);
    }),
  );
});

test.each([
  ...[
    '<',
    '<a',
    '<a ',
    '<string>',
    '<dict><key>',
    '<array>',
    '<!--',
    '<![CDATA[]]>',
    '<?',
    '<!DOCTYPE',
    '&',
    '&amp;',
    '&#1',
    ' ',
  ],
  ...['\r', '<!---->', '<true/>'],
])('A megabyte of %j takes no longer than its length.', (piece) => {
  const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
  const started = performance.now();
  for (const whole of [text, plist(text), plist(`<string>${text}</string>`), plist(`<array>${text}</array>`)])
    parsePlist(whole);
  expect(performance.now() - started).toBeLessThan(4_000);
});
