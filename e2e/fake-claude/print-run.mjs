/**
 * Stands for `claude -p` where the token of an organisation is asked for and sent: settings, helper, headers and what is tried again
 * are as recorded with 2.1.328. Plain JavaScript, to be run by Node with the words that Claude Code would be given.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const given = process.argv.slice(2);
const home = process.env['HOME'] ?? '';
const isBare = given.includes('--bare');
const flag = given[given.indexOf('--settings') + 1];
const own = ['settings.json', 'settings.local.json'].map((name) => path.join('.claude', name));
const layers = [
  ...(isBare ? [] : [path.join(home, '.claude/settings.json'), ...own]),
  ...(given.includes('--settings') && flag !== undefined ? [flag] : []),
].map(read);
/** @type {{ apiKeyHelper?: string, env?: Record<string, string> }} */
const settings = Object.assign({}, ...layers);
const env = Object.assign({}, process.env, ...layers.map((layer) => layer['env'] ?? {}));
const login = isBare
  ? undefined
  : read(path.join(home, '.claude/.credentials.json'))['claudeAiOauth']?.accessToken;
const { apiKeyHelper } = settings;

process.exitCode = await run();

async function run() {
  if (apiKeyHelper === undefined && login === undefined) {
    process.stdout.write('Not logged in · Please run /login\n');
    return 1;
  }
  for (let left = 3; left > 0; left--) {
    const answer = await send(
      apiKeyHelper === undefined ? { authorization: `Bearer ${login}` } : asked(apiKeyHelper),
    );
    const text = await answer.text();
    if (answer.ok) {
      process.stdout.write(`${/"text_delta","text":"([^"]*)"/.exec(text)?.[1] ?? ''}\n`);
      return 0;
    }
  }
  process.stdout.write('Your apiKeyHelper script is failing\n');
  return 1;
}

/** @param {string} helper */
function asked(helper) {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', helper], { env, encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`apiKeyHelper failed: exited ${String(status)}: ${stderr.trim()}\n`);
  const token = status === 0 ? stdout.trim() : '';
  return { authorization: `Bearer ${token}`, 'x-api-key': token };
}

/** @param {Record<string, string>} headers */
function send(headers) {
  return fetch(`${env['ANTHROPIC_BASE_URL']}/v1/messages?beta=true`, { method: 'POST', headers, body: '{}' });
}

/**
 * @param {string} file
 * @returns {Record<string, any>}
 */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
