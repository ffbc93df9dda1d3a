import type { Browser } from '../ports/browser.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** A browser that works, or one that does not. */
export type PutBrowser = (works: boolean) => Promise<{
  readonly browser: Browser;
  /** All arguments that programs were given, in order. */
  readonly given: () => Promise<readonly string[]>;
}>;

const OPENED: readonly (readonly [text: string, url: string])[] = [
  ['https://login.northwind.example/authorize?client_id=a&state=b', ''],
  ['https://login.northwind.example:8443/a', ''],
  ['http://127.0.0.1:52114/a', ''],
  ['http://[::1]:52114/a', ''],
  ['HTTPS://Login.Northwind.Example', 'https://login.northwind.example/'],
  // Whatever a shell would make of it.
  ['https://a.example/$(touch$IFS/tmp/x);a&b|c', 'https://a.example/$(touch$IFS/tmp/x);a&b%7Cc'],
  [`https://a.example/"'<a>\``, 'https://a.example/%22%27%3Ca%3E%60'],
  ['https://a.example/%25s?%25s=%20s', ''],
  ['https://a.example/*?a=~&b=!c#d', ''],
  ['https://a.example/'.padEnd(2_048, 'a'), ''],
].map(([text = '', url = '']) => [text, url === '' ? text : url]);

const REFUSED = [
  '',
  '-flag',
  '--flag',
  '--new-window https://a.example/',
  'https://a.example/ --flag',
  'a.example',
  'http://a.example/',
  'http://localhost/',
  'http://127.0.0.1.a.example/',
  'file:///etc/passwd',
  'file://a.example/share',
  'smb://a.example/share',
  'ms-msdt:/id',
  'javascript:alert(1)',
  'mailto:a@a.example',
  'https://user:password@a.example/',
  'https://a.example@b.example/',
  'https://a.example\\@b.example/',
  '\thttps://a.example/',
  'https://a.example/\n',
  'https://a.example/a\tb',
  'https://a.example/\u0000',
  `https://a.example/${'a'.repeat(3_000)}`,
];

/** What each browser must be. */
export function browserContract(put: PutBrowser): readonly ContractCase[] {
  return [
    ...OPENED.map(([text, url]): ContractCase => ({
      title: `It is handed over as one argument, and nothing else is: “${text.slice(0, 64)}”.`,
      run: async () => {
        const { browser, given } = await put(true);
        assertEqual(await browser.open(text), 'opened');
        assertEqual(await given(), [url]);
      },
    })),
    ...REFUSED.map((text): ContractCase => ({
      title: `It is refused, and nothing is started: ${JSON.stringify(text.slice(0, 64))}.`,
      run: async () => {
        const { browser, given } = await put(true);
        assertEqual(await browser.open(text), 'refused');
        assertEqual(await given(), []);
      },
    })),
    {
      title: 'Each time it is opened anew.',
      run: async () => {
        const { browser, given } = await put(true);
        await browser.open('https://a.example/');
        await browser.open('https://a.example/');
        assertEqual((await given()).length, 2);
      },
    },
    {
      title: 'Where there is no browser that is told, and never thrown.',
      run: async () => {
        const { browser } = await put(false);
        assertEqual(await browser.open('https://a.example/'), 'failed');
        assertEqual(await browser.open('file:///etc/passwd'), 'refused');
      },
    },
  ];
}
