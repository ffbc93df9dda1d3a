import type { LoginFacts, StoreFacts } from '../../core/facts.ts';
import type { Flaw, Reading } from '../../core/reading.ts';
import type { FingerprintOf } from '../../core/secret.ts';
import { LOGIN_KEY } from '../../core/sources/claude-login.ts';
import { parseCredentials, type LoginContent } from '../../core/stores/credentials-file.ts';
import { joinPath, type PathStyle } from '../../core/paths.ts';
import type { Ports } from '../../ports/ports.ts';
import type { FilePass } from './file-pass.ts';

const EMPTY: Omit<StoreFacts, 'path' | 'state'> = {
  kind: 'credentials-file',
  login: null,
  otherKeys: [],
  diverges: false,
};

/** Reads the file that holds the Claude login. Token strings are hashed and dropped in this call. */
export function readCredentialsFile(pass: FilePass, path: string, fingerprintOf: FingerprintOf): StoreFacts {
  const reading = pass.read(path);
  if (reading.state !== 'read') return { ...EMPTY, path, state: reading.state };
  const content = parseCredentials(reading.text);
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
  return { ...EMPTY, path, state: 'read', login, otherKeys: content.otherKeys };
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
      fingerprint: content.accessToken === null ? null : fingerprintOf(content.accessToken),
      flaw: flawOf(content),
    },
    refresh: content.refresh,
    accessEndsAt: content.accessEndsAt,
    loginEndsAt: content.loginEndsAt,
    plan: content.plan,
    tier: content.tier,
  };
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

/** The login of this system: a file, or on macOS the keychain item with the file as a fallback. */
export async function readLoginStore(
  ports: Pick<Ports, 'keychain' | 'environment' | 'fingerprints'>,
  pass: FilePass,
  style: PathStyle,
  folder: string,
  _variables: Readonly<Record<string, string | undefined>>,
): Promise<StoreFacts> {
  await Promise.resolve();
  return readCredentialsFile(pass, joinPath(style, folder, '.credentials.json'), ports.fingerprints.of);
}
