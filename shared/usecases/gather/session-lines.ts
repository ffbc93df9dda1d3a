import { joinPath } from '../../core/paths.ts';
import { readEnvironmentFile, type EnvironmentFileDialect } from '../../core/startup/environment-file.ts';
import type { Environment } from '../../ports/environment.ts';
import type { FilePass } from './file-pass.ts';
import { isWorthFinding, lineOrigin, linesOf, mentionsCredentials, type FoundLine } from './found-line.ts';
import type { SecretSink } from './secret-sink.ts';

/** What a Linux session gives to every program in it, as far as files tell; the last line of a name counts. */
export interface SessionLines {
  /** `/etc/environment` and PAM: every login, also cron's. */
  readonly login: readonly FoundLine[];
  /** `environment.d`: the systemd user manager, so programs started from the desktop. */
  readonly desktop: readonly FoundLine[];
  /** `~/.pam_environment` where PAM is not told to read it. */
  readonly unread: readonly FoundLine[];
}

/** Lowest first. */
const ENVIRONMENT_D = ['/usr/lib', '/usr/local/lib', '/run', '/etc'] as const;
const PAM_FILES = [
  'login',
  'sshd',
  'gdm-password',
  'lightdm',
  'sddm',
  'common-session',
  'system-login',
] as const;

/** The files of the session by kind; empty where there is no such session. */
export interface SessionFiles {
  readonly etcEnvironment: readonly string[];
  readonly pamEnvironment: readonly string[];
  readonly environmentD: readonly string[];
}

export function sessionFiles(pass: FilePass, { platform, home, variables }: Environment): SessionFiles {
  if (platform !== 'linux') return { etcEnvironment: [], pamEnvironment: [], environmentD: [] };
  return {
    etcEnvironment: [ETC_ENVIRONMENT],
    pamEnvironment: [PAM_ENVIRONMENT, ...(home === null ? [] : [ownPamFile(home)])],
    environmentD: dropIns(pass, variables['XDG_CONFIG_HOME'], home),
  };
}

const ETC_ENVIRONMENT = '/etc/environment';
const PAM_ENVIRONMENT = '/etc/security/pam_env.conf';
const ownPamFile = (home: string): string => joinPath('posix', home, '.pam_environment');

export function readSessionLines(
  pass: FilePass,
  { platform, home, variables }: Environment,
  sink: SecretSink,
): SessionLines {
  if (platform !== 'linux') return { login: [], desktop: [], unread: [] };
  const read = (
    path: string,
    dialect: EnvironmentFileDialect,
    kind: 'etc-environment' | 'systemd',
  ): readonly FoundLine[] => {
    const text = pass.text(path);
    if (text === null || !mentionsCredentials(text)) return [];
    return linesOf(
      readEnvironmentFile(text, isWorthFinding, dialect),
      ({ line, name }) => lineOrigin(pass, kind, path, line, name),
      sink,
    );
  };
  const etc = [
    ...read(PAM_ENVIRONMENT, 'pam-env-conf', 'etc-environment'),
    ...read(ETC_ENVIRONMENT, 'pam', 'etc-environment'),
  ];
  const own = home === null ? [] : read(ownPamFile(home), 'pam-env-conf', 'etc-environment');
  const readsOwn = own.length > 0 && pamReadsUserFile(pass);
  return {
    login: readsOwn ? [...etc, ...own] : etc,
    desktop: dropIns(pass, variables['XDG_CONFIG_HOME'], home).flatMap((path) =>
      read(path, 'systemd', 'systemd'),
    ),
    unread: readsOwn ? [] : own,
  };
}

/** All drop-ins sorted by file name, whatever their folder; a file of a higher folder hides those of its name below it. */
function dropIns(pass: FilePass, configHome: string | undefined, home: string | null): readonly string[] {
  const byName = new Map<string, string>();
  const user =
    configHome !== undefined && configHome !== ''
      ? configHome
      : home === null
        ? null
        : joinPath('posix', home, '.config');
  for (const root of [...ENVIRONMENT_D, ...(user === null ? [] : [user])]) {
    const folder = joinPath('posix', root, 'environment.d');
    for (const name of pass.list(folder)) {
      if (name.endsWith('.conf')) byName.set(name, joinPath('posix', folder, name));
    }
  }
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}

/** Off unless an administrator turned it on; deprecated since Linux-PAM 1.5. */
function pamReadsUserFile(pass: FilePass): boolean {
  return PAM_FILES.some((name) =>
    /^[^#\n]*pam_env\.so[^\n]*\buser_readenv=1/m.test(pass.text(`/etc/pam.d/${name}`) ?? ''),
  );
}
