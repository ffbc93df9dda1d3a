import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleProcesses } from '../../build/bundle-app.mjs';
import { bundleCommand } from '../../build/bundle.mjs';
import { withoutPackages } from '../../build/code-cache.mjs';
import { ROOT } from '../../build/root.mjs';
import { startProvider, type Lab } from './start-provider.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'credence-bundled-oidc-'));
let lab: Lab;

/** Signs in: says where to, reads where that led, and says what it got. */
const PROGRAM = `
import { createInterface } from 'node:readline';
import { openidOidc } from ${JSON.stringify(path.join(ROOT, 'electron/adapters/oidc/openid-oidc.ts'))};
const oidc = openidOidc({ variables: {} });
const provider = { name: 'northwind', resource: null, redirectPath: '/callback', deviceFlow: true, baseUrl: null,
  header: 'authorization' as const, from: 'user' as const, scopes: ['openid', 'email'], issuer: process.argv[2], clientId: process.argv[3] };
const lines = createInterface({ input: process.stdin });
if (process.argv[2] === undefined) console.log('nothing to do');
else void oidc.begin(provider, 'http://127.0.0.1:5/callback').then((attempt) => {
  if (!attempt.ok) { console.log(JSON.stringify(attempt)); process.exit(1); }
  console.log(attempt.value.authorizationUrl);
  lines.on('line', (query) => void oidc.finish(attempt.value, query).then((answer) => {
    console.log(answer.ok ? answer.value.account : JSON.stringify(answer));
    lines.close();
  }));
});
if (process.argv[2] === undefined) lines.close();
`;

beforeAll(async () => {
  lab = await startProvider();
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'main.ts'), PROGRAM);
  writeFileSync(path.join(folder, 'preload.ts'), '');
  const main = path.join(folder, 'main.ts');
  await bundleCommand({ entries: { credence: main, see: main }, outFolder: path.join(folder, 'cli') });
  const preload = path.join(folder, 'preload.ts');
  await bundleProcesses({ main, preload, outFolder: path.join(folder, 'app') });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The Node that people have, which may be the oldest that the command runs on, and the one of these tests. */
const NODES = [...new Set([nodeOfPath(), process.execPath])];

function nodeOfPath(): string {
  const folders = withoutPackages(process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((at) => path.join(at, 'node')).find((file) => existsSync(file)) ?? process.execPath;
}

const PROGRAMS = NODES.flatMap((program) =>
  ['cli/credence.cjs', 'app/main.cjs'].map((file) => ({ program, file })),
);

test.each(PROGRAMS)(
  'What is built signs in as the source does, with $program: $file',
  async ({ program, file }) => {
    const child = spawn(program, [path.join(folder, file), lab.issuer, lab.clientId], {
      env: { PATH: '/usr/bin:/bin', HOME: folder },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    let said = '';
    const line = async (number: number): Promise<string> => {
      await expect.poll(() => said.split('\n').length, { timeout: 30_000 }).toBeGreaterThan(number + 1);
      return said.split('\n')[number] ?? '';
    };
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const callback = await lab.signIn(await line(0));
    child.stdin.write(`${new URL(callback).search.slice(1)}\n`);
    expect(await line(1)).toBe('petra@northwind.example');
    expect(await ended).toBe(0);
  },
);

test('openid-client is in a file of its own, named with its licence, and no other run needs it.', async () => {
  for (const name of ['cli', 'app']) {
    expect(readdirSync(path.join(folder, name))).toContain('openid-client.cjs');
  }
  const bundle = readFileSync(path.join(folder, 'cli/credence.bundle.js'), 'utf8');
  // A sentence of openid-client’s own.
  const sentence = 'discovered metadata issuer does not match the expected issuer';
  expect(bundle.includes(sentence)).toBe(false);
  expect(readFileSync(path.join(folder, 'cli/openid-client.cjs'), 'utf8').includes(sentence)).toBe(true);
  const notices = readFileSync(path.join(folder, 'cli/THIRD-PARTY-NOTICES.txt'), 'utf8');
  expect(notices).toMatch(/^openid-client 6\.\d+\.\d+ \(MIT\)$/m);
  expect(notices).toMatch(/^oauth4webapi 3\.\d+\.\d+ \(MIT\)$/m);
  for (const name of ['cli/openid-client.cjs', 'app/openid-client.cjs']) {
    rmSync(path.join(folder, name));
  }
  const child = spawn(process.execPath, [path.join(folder, 'cli/credence.cjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  expect(said).toBe('nothing to do\n');
});
