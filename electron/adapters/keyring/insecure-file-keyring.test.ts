import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { keyringContract } from '../../../shared/testing/keyring-contract.ts';
import { insecureFileKeyring } from './insecure-file-keyring.ts';

let base = '';
let count = 0;

beforeAll(() => {
  base = mkdtempSync(path.join(tmpdir(), 'credence-insecure-'));
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

const newFolder = (): string => path.join(base, String(count++), 'insecure');
const ITEM = { service: 'Credence', account: 'key:A' };

describe('A store in clear', () => {
  test.each(keyringContract(() => insecureFileKeyring(newFolder())))('$title', ({ run }) => run());

  test('It lists what it keeps, and each file says that it is not encrypted.', async () => {
    const folder = newFolder();
    const keyring = insecureFileKeyring(folder);
    expect(keyring.items()).toEqual([]);
    await keyring.set(ITEM, 'x');
    await keyring.set({ ...ITEM, account: 'key:B' }, 'y');
    expect(keyring.items()).toHaveLength(2);
    expect(keyring.items()).toContainEqual(ITEM);
    for (const name of readdirSync(folder)) {
      expect(name).toMatch(/\.insecure\.json$/);
      expect(readFileSync(path.join(folder, name), 'utf8')).toContain('not encrypted');
    }
  });

  test.each(['', '{', 'null', '[]', '{"service":"Credence","account":"key:A","stored":"eA"}'])(
    'A file that holds %j is damaged, not absent.',
    async (text) => {
      const folder = newFolder();
      const keyring = insecureFileKeyring(folder);
      await keyring.set(ITEM, 'x');
      writeFileSync(path.join(folder, readdirSync(folder)[0] ?? ''), text);
      expect(await keyring.get(ITEM)).toEqual({ state: 'damaged' });
    },
  );

  test('Where it cannot write, it says so.', async () => {
    const folder = newFolder();
    mkdirSync(path.dirname(folder), { recursive: true });
    writeFileSync(folder, '');
    expect(await insecureFileKeyring(folder).set(ITEM, 'x')).toEqual({ state: 'denied' });
  });
});

describe.runIf(onPosix)('Its files', () => {
  test('They are for this user alone, whatever the folder was before.', async () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    await insecureFileKeyring(folder).set(ITEM, 'x');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder))
      expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test('They are not written to where a link leads.', async () => {
    const folder = newFolder();
    const elsewhere = newFolder();
    mkdirSync(elsewhere, { recursive: true });
    mkdirSync(path.dirname(folder), { recursive: true });
    symlinkSync(elsewhere, folder);
    expect(await insecureFileKeyring(folder).set(ITEM, 'x')).toEqual({ state: 'denied' });
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});
