import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../build/root.mjs';

/** What clients of other products are called, as far as that can be seen: most authorization servers give out UUIDs. */
const CLIENT = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
/** Where a Claude account's tokens are given out; nothing of ours may ask there. */
const ENDPOINT = /oauth\/(?:token|authorize|code)\b|client-metadata/gi;

const foreign = (text: string): readonly string[] => [
  ...(text.match(CLIENT) ?? []),
  ...(text.match(ENDPOINT) ?? []),
];

test('A client or an endpoint of another product is found where there is one.', () => {
  expect(foreign('const id="00000000-1111-4222-8333-444444444444";')).toHaveLength(1);
  expect(foreign('https://login.northwind.example/v1/oauth/token')).toHaveLength(1);
});

test.each(['out/cli', 'out/app'])('Nothing that is built knows a client of another product: %s', (folder) => {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:c?js|html)$/.test(file),
  );
  expect(files).toContain('openid-client.cjs');
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    expect(foreign(readFileSync(path.join(ROOT, folder, file), 'utf8')), file).toEqual([]);
  }
});
