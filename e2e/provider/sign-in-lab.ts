import { createConnection } from 'node:net';
import { afterEach, beforeEach, expect } from 'vitest';
import { homeAt, madeUpHomes } from '../support/made-up-homes.ts';
import { madeUpSession, type MadeUpSession } from '../support/made-up-keyring.ts';
import type { RunningCommand } from '../support/running-command.ts';
import { layProviders, providerEntry } from './lay-providers.ts';
import { startProvider, type Lab } from './start-provider.mjs';

/** A home with a keychain, and a real provider called “lab” that stands in its `providers.json`. */
export interface SignInLab {
  readonly lab: Lab;
  readonly session: MadeUpSession;
  /** Puts more into the provider’s entry. */
  readonly configure: (more: Readonly<Record<string, unknown>>) => void;
  readonly start: (words: readonly string[], variables?: Readonly<Record<string, string>>) => RunningCommand;
  /** `credence login --provider lab`, with more words. */
  readonly login: (...more: readonly string[]) => RunningCommand;
  /** The same in a terminal of its own. */
  readonly inTerminal: (...more: readonly string[]) => RunningCommand;
  /** A sign-in in which all goes well. */
  readonly signedIn: (...more: readonly string[]) => Promise<RunningCommand>;
  /** What `credence token --provider lab` prints. */
  readonly token: () => Promise<{ readonly exitCode: number | null; readonly stdout: string }>;
}

/** Of the provider’s page, as a login prints it. */
export const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/auth\?\S+/;
const LOGIN = ['login', '--provider', 'lab'] as const;

/** One for each test of a file that runs on Linux; ask for it within a test. @param keychain whether there is one */
export function signInLabs({ keychain = true } = {}): () => SignInLab {
  const homes = madeUpHomes();
  let made: SignInLab | null = null;
  beforeEach(async () => {
    made = null;
    const lab = await startProvider();
    const session = await madeUpSession(homes.base());
    made = signInLab(lab, session, homes.credence());
    if (keychain) await session.startKeyring();
  });
  afterEach(async () => {
    await made?.session.end();
    await made?.lab.close();
  });
  return () => {
    if (made === null) throw new Error('There is no lab outside of a test.');
    return made;
  };
}

function signInLab(lab: Lab, session: MadeUpSession, credence: Parameters<typeof homeAt>[1]): SignInLab {
  const home = homeAt(session.home, credence, { ...session.variables, PATH: credence.searchPath });
  const configure: SignInLab['configure'] = (more) => {
    const { issuer, clientId } = lab;
    layProviders(
      home.path,
      providerEntry('lab', { issuer, clientId, scopes: ['openid', 'email', 'gateway'], ...more }),
    );
  };
  configure({});
  const login: SignInLab['login'] = (...more) => home.start([...LOGIN, ...more]);
  return {
    lab,
    session,
    configure,
    start: (words, more = {}) => home.start(words, { variables: more }),
    login,
    inTerminal: (...more) => home.start([...LOGIN, ...more], { terminal: true }),
    signedIn: async (...more) => {
      const command = login('--no-browser', ...more);
      const [address] = await command.says(ADDRESS);
      const page = await fetch(await lab.signIn(address));
      expect(await page.text()).toContain('Signed in to lab');
      expect(await command.ended).toMatchObject({ exitCode: 0 });
      return command;
    },
    token: async () => {
      const { exitCode, stdout } = await home.ask(['token', '--provider', 'lab']);
      return { exitCode, stdout };
    },
  };
}

/** To which the browser comes back from this page. */
export function portOf(address: string): number {
  const redirect = new URL(address).searchParams.get('redirect_uri') ?? '';
  return Number(new URL(redirect).port);
}

export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}
