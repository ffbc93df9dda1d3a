import { pathStyle, type Platform } from '../known-folders.ts';
import { isAbsolute } from '../paths.ts';
import { WATCHED } from '../sources/index.ts';
import { EXCHANGED_AT_LOGIN } from '../sources/oauth-token.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface ChildEnvironment {
  readonly variables: Variables;
  /** Where the program is started. */
  readonly folder: string;
}

/**
 * What a program that signs in is given: the user’s own variables, so that it does as in their terminal (`BROWSER`, `HTTPS_PROXY`,
 * `CLAUDE_CONFIG_DIR`, `DISPLAY`, `SSH_*`, certificates), without those below. It is started in the home, where no project has a say.
 *
 * Keys and tokens stay: they change nothing about a login (measured with 2.1.328), and what is left out here would be left out of
 * what the program itself says of them.
 */
export function childEnvironment({
  platform,
  variables,
  home,
}: {
  readonly platform: Platform;
  readonly variables: Variables;
  readonly home: string | null;
}): ChildEnvironment {
  const windows = platform === 'win32';
  const folder = home ?? (windows ? 'C:\\' : '/');
  const kept = Object.entries(variables).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    const known = windows ? name.toUpperCase() : name;
    if (value === undefined || isLeftOut(known)) return [];
    return [[name, known === 'PATH' ? absoluteEntries(value, platform) : value]];
  });
  // A shell says where it stands; that of the one who started Credence stands elsewhere.
  return { folder, variables: { ...Object.fromEntries(kept), ...(windows ? {} : { PWD: folder }) } };
}

/** A relative entry would now be one in the home. */
function absoluteEntries(searchPath: string, platform: Platform): string {
  const separator = platform === 'win32' ? ';' : ':';
  return searchPath
    .split(separator)
    .filter((entry) => isAbsolute(entry, pathStyle(platform)))
    .join(separator);
}

function isLeftOut(name: string): boolean {
  return NAMES.has(name) || BEGINNINGS.some((beginning) => name.startsWith(beginning));
}

const BEGINNINGS: readonly string[] = [
  // Whoever speaks to the loader puts code into the program.
  'LD_',
  'DYLD_',
  // Electron’s own, among them “be a Node” and “log everything”.
  'ELECTRON_',
  // Credence’s own.
  'CREDENCE_',
  // Claude Code is built with Bun, which can be told to be a script runner, to load a file first, to open a debugger, and to print
  // each request with its headers.
  'BUN_',
  'JSC_',
  // Functions that every bash takes over, whatever their name hides.
  'BASH_FUNC_',
  // Debugging of Node: what it prints may hold a code or a token, what it opens lets others in.
  'NODE_DEBUG',
  'NODE_INSPECT',
  // systemd’s messages to whatever it started, which is not this program.
  'LISTEN_',
];

const NAMES: ReadonlySet<string> = new Set([
  // They load code into a Node, send what it says elsewhere, or belong to a parent that talks to it.
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_REDIRECT_WARNINGS',
  'NODE_V8_COVERAGE',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'NODE_UNIQUE_ID',
  // Without certificates the code goes to whoever answers; NODE_EXTRA_CA_CERTS, which is kept, is how to trust one more.
  'NODE_TLS_REJECT_UNAUTHORIZED',
  // The keys of every connection, in a file.
  'SSLKEYLOGFILE',
  // More that is loaded as code: by glibc, by OpenSSL.
  'GCONV_PATH',
  'OPENSSL_CONF',
  'OPENSSL_ENGINES',
  'OPENSSL_MODULES',
  // What each shell on the way reads, does or prints before its work; opening a browser is often a script.
  'BASH_ENV',
  'ENV',
  'SHELLOPTS',
  'BASHOPTS',
  'BASH_XTRACEFD',
  'PS4',
  'OLDPWD',
  // A token of some other job: with it the program would not ask anybody, and would spend it. Who clicks “log in” wants the browser.
  ...Object.values(EXCHANGED_AT_LOGIN),
  // Numbers of descriptors that are not handed down: under them there is something else, or nothing.
  ...[...WATCHED.values()].filter(({ kind }) => kind === 'descriptor').map(({ name }) => name),
  'NOTIFY_SOCKET',
  // Of the window and the package that Credence runs as: a browser would take itself for it.
  'CHROME_DESKTOP',
  'DESKTOP_STARTUP_ID',
  'GIO_LAUNCHED_DESKTOP_FILE',
  'GIO_LAUNCHED_DESKTOP_FILE_PID',
  'APPDIR',
  'APPIMAGE',
  'ARGV0',
  'OWD',
]);
