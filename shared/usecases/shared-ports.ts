import type { Fingerprint } from '../core/secret.ts';
import type { Environment } from '../ports/environment.ts';
import type { FileStore } from '../ports/file-store.ts';
import type { Fingerprints } from '../ports/fingerprints.ts';
import type { Ports } from '../ports/ports.ts';
import { cachingFileStore, splitFileStore } from './caching-file-store.ts';

/**
 * Ports for many passes that make one answer: what does not depend on the folder asked about is read once, and what lies in
 * that folder is forgotten with it.
 */
export function sharedPorts(ports: Ports): (folder: string) => Ports {
  const outside = cachingFileStore(ports.files);
  const { keychain, managed, session } = ports;
  const shared: Ports = {
    ...ports,
    environment: settled(ports.environment),
    fingerprints: remembering(ports.fingerprints),
    session: { read: once((names, ask) => session.read(names, ask)) },
    managed: { read: once(() => managed.read()) },
    keychain:
      keychain === null ? null : { find: once((service, account) => keychain.find(service, account)) },
  };
  return (folder) => ({ ...shared, files: filesFor(folder, ports.files, outside) });
}

/** Some fields of an environment, and each variable of a process, are asked of the system anew whenever they are read. */
function settled(environment: Environment): Environment {
  // On Windows the names of variables are found in any case, which a copy could not do.
  return environment.platform === 'win32'
    ? { ...environment }
    : { ...environment, variables: { ...environment.variables } };
}

function filesFor(folder: string, files: FileStore, outside: FileStore): FileStore {
  const separator = folder.includes('/') ? '/' : '\\';
  const start = folder.endsWith(separator) ? folder : folder + separator;
  return splitFileStore((path) => path.startsWith(start), cachingFileStore(files), outside);
}

/** Arguments are plain data. A promise that was rejected stays so: within one answer nothing is tried twice. */
function once<Given extends readonly unknown[], T>(
  ask: (...given: Given) => Promise<T>,
): (...given: Given) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (...given) => {
    const key = JSON.stringify(given);
    const answer = answers.get(key) ?? ask(...given);
    answers.set(key, answer);
    return answer;
  };
}

/** The same few secrets of the user are met in every pass. They stay in the frame of the use case that asked. */
function remembering(fingerprints: Fingerprints): Fingerprints {
  const known = new Map<string, Fingerprint>();
  return {
    of: (secret) => {
      const fingerprint = known.get(secret) ?? fingerprints.of(secret);
      known.set(secret, fingerprint);
      return fingerprint;
    },
    get key() {
      return fingerprints.key;
    },
    forget: () => {
      known.clear();
      fingerprints.forget();
    },
  };
}
