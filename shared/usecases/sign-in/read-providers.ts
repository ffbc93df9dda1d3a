import { ownFolder, ownManagedFolder, pathStyle } from '../../core/known-folders.ts';
import { ancestors, joinPath } from '../../core/paths.ts';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type { OrganisationNote } from '../../core/sign-in/organisation-sign-in.ts';
import { PROVIDER_NAME } from '../../core/sign-in/provider-fields.ts';
import {
  MOST_PROVIDERS_BYTES,
  parseProviders,
  type ProvidersFlaw,
} from '../../core/sign-in/providers-file.ts';
import type { SignInPorts } from './sign-in-ports.ts';

/** Every provider that is configured, with where it comes from and what is wrong with the files. */
export interface ProvidersBook {
  /** The administrator’s first; no two have one name. */
  readonly providers: readonly OidcProvider[];
  readonly files: readonly ProvidersFile[];
}

export interface ProvidersFile {
  readonly from: OidcProvider['from'];
  /** `null`: there is no home for it to lie in. */
  readonly path: string | null;
  readonly state: 'absent' | 'read' | 'not-used';
  readonly flaws: readonly ProvidersFlaw[];
}

type ReadPorts = Pick<SignInPorts, 'notes' | 'files' | 'environment'>;

/**
 * The user’s providers and the administrator’s. Of two with one name the administrator’s counts: else whoever writes the user’s
 * file could lead a sign-in elsewhere.
 *
 * @param managedPath another place for the administrator’s file
 */
export function readProviders(ports: ReadPorts, managedPath?: string): ProvidersBook {
  const { platform, variables, home } = ports.environment;
  const style = pathStyle(platform);
  const managed = readManaged(ports, managedPath ?? joinPath(style, ownManagedFolder(platform), FILE));
  const path = home === null ? null : joinPath(style, ownFolder(platform, variables, home), FILE);
  const text = ports.notes.read('providers');
  // What is there and cannot be read is not absent: else nobody would know why nothing of it is used.
  const unread = text === null && path !== null ? ports.files.inspect(path) : null;
  const user =
    text === null ? { providers: [], flaws: unread === null ? [] : UNREAD } : parseProviders(text, 'user');
  const names = new Set(managed.providers.map(({ name }) => name));
  const hidden = user.providers
    .filter(({ name }) => names.has(name))
    .map(({ name }): ProvidersFlaw => ({ where: '', line: null, name, code: 'managed-wins' }));
  return {
    providers: [...managed.providers, ...user.providers.filter(({ name }) => !names.has(name))],
    files: [
      managed.file,
      {
        from: 'user',
        path,
        state: text !== null ? 'read' : unread === null ? 'absent' : 'not-used',
        flaws: [...user.flaws, ...hidden],
      },
    ],
  };
}

/** Of whom nothing is configured any more, only kept: enough to sign out. */
export function formerProvider(name: string): OidcProvider {
  return {
    name,
    issuer: '',
    clientId: '',
    scopes: [],
    resource: null,
    redirectPath: '/callback',
    deviceFlow: false,
    baseUrl: null,
    header: 'both',
    from: 'user',
  };
}

/** Of whom something is kept, though no file has an entry for them any more. What is no name was never signed in to. */
export function formerSignIns(
  providers: readonly OidcProvider[],
  known: readonly OrganisationNote[],
): readonly OrganisationNote[] {
  const names = new Set(providers.map(({ name }) => name));
  return known.filter(({ provider }) => PROVIDER_NAME.test(provider) && !names.has(provider));
}

const FILE = 'providers.json';
const UNREAD: readonly ProvidersFlaw[] = [{ where: '', line: null, name: null, code: 'unreadable' }];

interface Managed {
  readonly providers: readonly OidcProvider[];
  readonly file: ProvidersFile;
}

function readManaged({ files, environment }: ReadPorts, path: string): Managed {
  const not = (state: ProvidersFile['state'], code?: ProvidersFlaw['code']): Managed => ({
    providers: [],
    file: {
      from: 'managed',
      path,
      state,
      flaws: code === undefined ? [] : [{ where: '', line: null, name: null, code }],
    },
  });
  const reading = files.read(path, MOST_PROVIDERS_BYTES);
  if (reading.state === 'absent') return not('absent');
  if (reading.state === 'too-large') return not('not-used', 'too-large');
  if (reading.state !== 'read') return not('not-used', 'unreadable');
  const { realPath, text } = reading;
  const style = pathStyle(environment.platform);
  // The folder that it lies in keeps others out on Windows, where modes and owners are made up.
  const isTheirs =
    style === 'win32' ||
    (isAdministrators(reading) &&
      [...ancestors(path, style).slice(1), ...ancestors(realPath, style).slice(1)].every((folder) => {
        const facts = files.inspect(folder);
        return facts !== null && isAdministrators(facts);
      }));
  if (!isTheirs) return not('not-used', 'not-administrators');
  const { providers, flaws } = parseProviders(text, 'managed');
  return { providers, file: { from: 'managed', path, state: 'read', flaws } };
}

/** Root’s, and nobody else may write it or put another in its place. */
function isAdministrators({ ownerId, mode }: { readonly ownerId: number; readonly mode: number }): boolean {
  return ownerId === 0 && (mode & 0o022) === 0;
}
