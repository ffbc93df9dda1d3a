import type { LoginFacts, LoginTrouble, StoreFacts } from '../../core/facts.ts';
import { isSendable } from '../../core/settings/header-value.ts';
import type { Flaw, Reading } from '../../core/reading.ts';
import type { FingerprintOf } from '../../core/secret.ts';
import { LOGIN_KEY } from '../../core/sources/claude-login.ts';
import { claudeCodeItem, CONSOLE_SERVICE, LOGIN_SERVICE } from '../../core/stores/claude-code-items.ts';
import { parseCredentials, type LoginContent } from '../../core/stores/credentials-file.ts';
import { joinPath, type PathStyle } from '../../core/paths.ts';
import type { Ports } from '../../ports/ports.ts';
import { parseOnce } from '../parse-once.ts';
import { isPassedOver, type FilePass } from './file-pass.ts';

const EMPTY: Omit<StoreFacts, 'path' | 'state'> = {
  kind: 'credentials-file',
  login: null,
  otherKeys: [],
  mcpLogins: 0,
  changedAt: null,
  passedOver: false,
  diverges: false,
};

/** Reads the file that holds the Claude login. Token strings are hashed and dropped in this call. */
export function readCredentialsFile(pass: FilePass, path: string, fingerprintOf: FingerprintOf): StoreFacts {
  const reading = pass.read(path);
  if (reading.state !== 'read') {
    const { state } = reading;
    return { ...EMPTY, path, state, passedOver: isPassedOver(pass, path, state) };
  }
  const content = parseOnce(reading, parseCredentials);
  if (content === null) {
    // An empty file is what a logout or a fresh mount leaves: nothing is wrong with it.
    return { ...EMPTY, path, state: reading.text.trim() === '' ? 'absent' : 'malformed' };
  }
  const realPath = reading.realPath === path ? {} : { realPath: reading.realPath };
  const login =
    content.login === null
      ? null
      : loginFacts(
          content.login,
          { kind: 'credentials-file', path, ...realPath, name: LOGIN_KEY },
          fingerprintOf,
        );
  return { ...EMPTY, path, state: 'read', login, otherKeys: content.otherKeys, mcpLogins: content.mcpLogins };
}

function loginFacts(
  content: LoginContent,
  origin: Reading['origin'],
  fingerprintOf: FingerprintOf,
): LoginFacts {
  return {
    reading: {
      source: 'claude-login',
      origin,
      fingerprint: content.accessToken ? fingerprintOf(content.accessToken) : null,
      flaw: flawOf(content),
    },
    trouble: troubleOf(content),
    refresh: content.refresh,
    accessEndsAt: content.accessEndsAt,
    loginEndsAt: content.loginEndsAt,
    plan: content.plan,
    tier: content.tier,
  };
}

function troubleOf({ accessToken, scopesReadable }: LoginContent): LoginTrouble | null {
  if (accessToken === null) return null;
  if (!scopesReadable) return 'scopes';
  if (accessToken === '') return 'blank';
  return isSendable(accessToken) ? null : 'not-sendable';
}

function flawOf(content: LoginContent): Flaw | null {
  switch (content.usable) {
    case 'usable':
      return null;
    case 'no-token':
      return 'login-stub';
    case 'no-inference-scope':
      return 'no-inference-scope';
  }
}

/**
 * The login of this system: a file, or on macOS the keychain item, with the file as a fallback. Of the item only the
 * attributes are read, so nobody is asked for consent; that it is there is all there is to know.
 */
export async function readLoginStore(
  ports: Pick<Ports, 'keychain' | 'environment' | 'fingerprints'>,
  pass: FilePass,
  style: PathStyle,
  folder: string,
  suffix: string | null,
): Promise<StoreFacts> {
  const file = readCredentialsFile(pass, joinPath(style, folder, '.credentials.json'), ports.fingerprints.of);
  if (ports.keychain === null) return file;
  const { service, account } = claudeCodeItem(LOGIN_SERVICE, suffix, ports.environment.userName);
  const item = await ports.keychain.find(service, account);
  switch (item.state) {
    case 'absent':
      return file;
    case 'found':
      return {
        ...keychainStore(service),
        state: 'read',
        login: keychainLogin(service),
        changedAt: item.changedAt,
        diverges: file.login !== null,
      };
    case 'locked':
    case 'denied':
      return { ...keychainStore(service), state: item.state, diverges: false };
    case 'unreachable':
      return { ...keychainStore(service), state: 'failed', diverges: false };
  }
}

/** The Console key's keychain item, by its attributes alone; `null` where there is no keychain or no item. */
export async function keychainConsoleKey(
  ports: Pick<Ports, 'keychain' | 'environment'>,
  suffix: string | null,
): Promise<Reading | null> {
  if (ports.keychain === null) return null;
  const { service, account } = claudeCodeItem(CONSOLE_SERVICE, suffix, ports.environment.userName);
  const item = await ports.keychain.find(service, account);
  const origin: Reading['origin'] = { kind: 'keychain', name: service };
  return item.state === 'found' ? { source: 'console-key', origin, fingerprint: null, flaw: null } : null;
}

function keychainStore(service: string): StoreFacts {
  return { ...EMPTY, kind: 'keychain', path: service, state: 'read' };
}

function keychainLogin(service: string): LoginFacts {
  return {
    reading: {
      source: 'claude-login',
      origin: { kind: 'keychain', name: service },
      fingerprint: null,
      flaw: null,
    },
    refresh: 'present',
    accessEndsAt: null,
    loginEndsAt: null,
    plan: null,
    tier: null,
    trouble: null,
  };
}
