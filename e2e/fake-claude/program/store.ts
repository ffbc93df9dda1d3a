import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { behaviour, places, recorded, version } from './scene.ts';
import { leave } from './ending.ts';

interface ClaudeJson {
  oauthAccount?: Readonly<Record<string, string>>;
  primaryApiKey?: string;
}

interface Store {
  claudeAiOauth?: { accessToken?: string; refreshTokenExpiresAt?: number; scopes?: unknown };
}

export const random = (): string => randomBytes(32).toString('base64url');

/** As the first run of any command leaves it. */
export function firstRun(): void {
  if (existsSync(places.claudeJson)) return;
  const backups = path.join(places.config, 'backups');
  mkdirSync(backups, { recursive: true });
  const first = { firstStartTime: new Date().toISOString(), firstStartVersion: version };
  writeWhole(places.claudeJson, first);
  writeWhole(path.join(backups, `.claude.json.backup.${Date.now()}`), first);
}

/** @param email the one asked for on the command line */
export function saveLogin(kind: 'login' | 'key', email: string | null): void {
  const { tokens = {}, saves = 'login', loginEnds } = behaviour;
  if (saves === 'nothing') return;
  const isOther = saves === 'other-organisation';
  const settings = readJson<ClaudeJson>(places.claudeJson);
  settings.oauthAccount = {
    accountUuid: '00000000-0000-4000-8000-000000000001',
    emailAddress: email ?? 'person@example.com',
    organizationUuid: `00000000-0000-4000-8000-00000000000${isOther ? '3' : '2'}`,
    organizationName: isOther ? 'Another Org' : 'Example Org',
  };
  if (kind === 'key') {
    settings.primaryApiKey = tokens.key ?? `sk-ant-api03-MADE-UP-${random()}`;
  } else {
    const now = Date.now();
    const claudeAiOauth = {
      accessToken: tokens.access ?? `sk-ant-oat01-MADE-UP-${random()}`,
      refreshToken: tokens.refresh ?? `sk-ant-ort01-MADE-UP-${random()}`,
      expiresAt: now + 8 * HOUR,
      refreshTokenExpiresAt: loginEnds ?? now + 30 * 24 * HOUR,
      scopes: ['user:inference', 'user:profile', 'user:sessions:claude_code'],
      subscriptionType: 'max',
      rateLimitTier: 'default_claude_max_20x',
    };
    writeWhole(places.store, { ...readJson<Store>(places.store), claudeAiOauth });
  }
  writeWhole(places.claudeJson, settings);
}

/** Milliseconds. */
const HOUR = 3_600_000;

export function logout(): Promise<void> {
  const { oauthAccount, primaryApiKey, ...rest } = readJson<ClaudeJson>(places.claudeJson);
  const was = existsSync(places.store) || oauthAccount !== undefined || primaryApiKey !== undefined;
  rmSync(places.store, { force: true });
  writeWhole(places.claudeJson, rest);
  return leave(0, recorded(was ? 'logout-when-logged-in' : 'logout-when-not').stdout);
}

export function status(args: readonly string[]): Promise<void> {
  const login = readJson<Store>(places.store).claudeAiOauth;
  const { oauthAccount = {}, primaryApiKey = '' } = readJson<ClaudeJson>(places.claudeJson);
  const isLogin =
    (login?.accessToken ?? '') !== '' &&
    Array.isArray(login?.scopes) &&
    login.scopes.includes('user:inference');
  const isIn = isLogin || primaryApiKey !== '';
  const name = isIn ? 'status-login' : 'status-none';
  const code = isIn ? 0 : 1;
  if (args.includes('--text')) {
    const proxy = process.env['HTTPS_PROXY'];
    const line = proxy === undefined ? '' : `Proxy: ${proxy}\n`;
    return leave(code, recorded(`${name}-text`).stdout.replace(/^Proxy: .*\n/m, line));
  }
  const ends = login?.refreshTokenExpiresAt;
  const answer = {
    ...(JSON.parse(recorded(name).stdout) as object),
    authMethod: isLogin ? 'claude.ai' : isIn ? 'api_key' : 'none',
    projectsDirectory: path.join(places.config, 'projects'),
    configDirectory: places.config,
    loginExpiresAt: ends === undefined ? null : new Date(ends).toISOString(),
    ...(isIn
      ? {
          email: oauthAccount['emailAddress'],
          orgId: oauthAccount['organizationUuid'],
          orgName: oauthAccount['organizationName'],
        }
      : {}),
    ...(isIn && !isLogin ? { apiKeySource: '/login managed key' } : {}),
  };
  return leave(code, `${JSON.stringify(answer, null, 2)}\n`);
}

/** Also the user’s settings may send to the Console (measured). */
export function isSentToConsole(): boolean {
  const settings = readJson<{ forceLoginMethod?: unknown }>(path.join(places.config, 'settings.json'));
  return settings.forceLoginMethod === 'console';
}

function writeWhole(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  // A link stays where it is.
  const target = existsSync(file) ? realpathSync(file) : file;
  const beside = `${target}.${process.pid}.tmp`;
  writeFileSync(beside, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(beside, target);
}

function readJson<T extends object>(file: string): Partial<T> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<T>;
  } catch {
    return {};
  }
}
