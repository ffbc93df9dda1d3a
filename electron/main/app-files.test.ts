import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { layTree } from '../../e2e/support/lay-tree.ts';
import { answer, APP_ORIGIN, APP_PAGE, CONTENT_POLICY } from './app-files.ts';

const root = layTree({});
const folder = path.join(root, 'renderer');
mkdirSync(path.join(folder, 'sub'), { recursive: true });
for (const name of [
  'index.html',
  'renderer.js',
  'renderer.css',
  'other.html',
  'renderer.js.map',
  'sub/index.html',
]) {
  writeFileSync(path.join(folder, name), `the text of ${name}`);
}
writeFileSync(path.join(root, 'index.html'), 'outside');

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const TYPES = {
  'index.html': 'text/html; charset=utf-8',
  'renderer.js': 'text/javascript; charset=utf-8',
  'renderer.css': 'text/css; charset=utf-8',
};

describe('The app’s own scheme', () => {
  test.each(Object.entries(TYPES))('answers with %s, as what it is.', async (name, type) => {
    const response = answer(`${APP_ORIGIN}/${name}`, folder);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(`the text of ${name}`);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': type,
      'content-security-policy': CONTENT_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  test('has a page, and lets it load nothing from anywhere else.', () => {
    expect(answer(APP_PAGE, folder).status).toBe(200);
    const rules = new Map(
      CONTENT_POLICY.split('; ').map((rule): [string, string] => {
        const [name = '', ...values] = rule.split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(rules.get('default-src')).toBe("'none'");
    expect(rules.get('script-src')).toBe("'self'");
    expect(CONTENT_POLICY).not.toMatch(/unsafe|\*|https?:/);
  });

  test.each([
    '',
    'index.html',
    '/index.html',
    'file:///etc/passwd',
    'http://bundle/index.html',
    'credence-app://bundle',
    'credence-app://bundle/',
    'credence-app://other/index.html',
    'credence-app://bundle.example/index.html',
    'credence-app://bundle:80/index.html',
    'credence-app:index.html',
    'credence-app:///index.html',
    `${APP_ORIGIN}/other.html`,
    `${APP_ORIGIN}/renderer.js.map`,
    `${APP_ORIGIN}/sub/index.html`,
    `${APP_ORIGIN}/sub`,
    `${APP_ORIGIN}//index.html`,
    `${APP_ORIGIN}/index.html/`,
    `${APP_ORIGIN}/INDEX.HTML`,
    `${APP_ORIGIN}/index%2ehtml`,
    `${APP_ORIGIN}/index.html%00`,
    `${APP_ORIGIN}/index.html\0.js`,
    `${APP_ORIGIN}/..%2findex.html`,
    `${APP_ORIGIN}/%2e%2e%2f%2e%2e%2fetc%2fpasswd`,
    `${APP_ORIGIN}/..\\index.html`,
    `${APP_ORIGIN}/__proto__`,
    `${APP_ORIGIN}/constructor`,
  ])('knows nothing of %j.', async (url) => {
    const response = answer(url, folder);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('Not found');
  });

  test('answers nothing but its three files, whatever is asked.', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '%2e%2e',
        '%2f',
        '%5c',
        '\\',
        '/',
        '\0',
        '%00',
        '?',
        '#',
        '@',
        ':',
        'sub',
        'etc',
        'passwd',
      ),
      fc.constantFrom('index.html', 'renderer.js', 'renderer.css', 'other.html'),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    const start = fc.constantFrom(
      APP_ORIGIN,
      'credence-app://',
      'credence-app://other',
      'file://',
      'http://bundle',
      '',
    );
    await fc.assert(
      fc.asyncProperty(start, fc.array(piece, { maxLength: 8 }), async (origin, pieces) => {
        const response = answer(`${origin}/${pieces.join('')}`, folder);
        const text = await response.text();
        if (response.status === 404) expect(text).toBe('Not found');
        else expect(Object.keys(TYPES).map((name) => `the text of ${name}`)).toContain(text);
      }),
    );
  });
});
