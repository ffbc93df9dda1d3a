import type { Surface } from './context.ts';
import type { LiveCheck } from './live-check.ts';
import type { Origin } from './origin.ts';
import type { Reading } from './reading.ts';
import type { AdministratorLimit } from './settings/administrator-limits.ts';
import type { Entry } from './settings/entry.ts';
import type { FileTrouble, LoginMethod, LoginPolicy, SettingsFile } from './settings/settings-file.ts';
import type { Fingerprint } from './secret.ts';
import type { OrganisationNote } from './sign-in/organisation-sign-in.ts';
import type { Account } from './stores/claude-json.ts';
import type { ProfileType } from './stores/profile-file.ts';

/** Everything that was found in one pass, without a secret in it. Plain data: a what-if is another `Facts`. */
export interface Facts {
  readonly place: Place;
  /** When the pass began: milliseconds since 1970. Expiry is judged against it. */
  readonly takenAt: number;
  /** Environment layers, lowest first; a higher one overwrites, per variable. */
  readonly layers: readonly Layer[];
  /** `apiKeyHelper` of every settings file that sets it, lowest first. */
  readonly helpers: readonly HelperSetting[];
  readonly settingsFiles: readonly SettingsFile[];
  readonly policy: (LoginPolicy & { readonly origin: Origin }) | null;
  /** `forceLoginMethod` of user or managed settings: every login goes that way. */
  readonly forcedLogin: { readonly method: LoginMethod; readonly origin: Origin } | null;
  /** What else managed settings demand, each once: the highest file’s, with lists joined. */
  readonly limits: readonly (AdministratorLimit & { readonly origin: Origin })[];
  readonly claudeJson: ClaudeJsonFacts;
  readonly store: StoreFacts;
  readonly consoleKey: Reading | null;
  readonly profiles: ProfileFacts;
  /** The sign-in whose token the helper in force prints; `null`: it prints another’s, or nothing is noted of it. */
  readonly organisation: OrganisationNote | null;
  readonly cloud: CloudFacts;
  /** Readings that reach no request from here, with the flaw that says why. */
  readonly elsewhere: readonly Reading[];
  /** Every file that holds a credential in clear, and who else can read it. */
  readonly secretFiles: readonly SecretFile[];
  /** Whether the folder or one above it is trusted in the `.claude.json` in force. */
  readonly trusted: boolean;
  /** What became of asking the login shell. */
  readonly shell: 'not-asked' | 'answered' | 'timed-out' | 'not-started' | 'no-answer';
  /** The login shell’s start-up files: its answer holds until one of them changes. */
  readonly shellFiles: readonly string[];
  /** The day that the user named for the token in force; `null`: none, or it was for another token. */
  readonly setupTokenMadeAt: number | null;
  /** What a live check said, when the user asked for one. */
  readonly liveCheck: LiveCheck | null;
  /** Whether fingerprints can be compared with those of other runs. */
  readonly fingerprintKey: 'installation' | 'this-run';
}

export interface Place {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly surface: Surface;
  /** `null` when there is none. */
  readonly home: string | null;
  /** As given, made absolute. */
  readonly folder: string;
  readonly realFolder: string;
  /** The root of the git repository that holds the folder. */
  readonly repositoryRoot: string | null;
  readonly configFolder: string;
  /** Whether this runs inside a container. */
  readonly insideContainer: boolean;
}

export const LAYER_IDS = [
  'base',
  'claude-json',
  'user',
  'project',
  'local-folder',
  'local-root',
  'flag',
  'managed',
] as const;
/** Where a variable's value stands; the order is the order in which they overwrite each other (measured). */
export type LayerId = (typeof LAYER_IDS)[number];

export interface Layer {
  readonly id: LayerId;
  readonly entries: Readonly<Record<string, Entry>>;
}

export interface HelperSetting {
  readonly layer: LayerId;
  readonly origin: Origin;
  /** An empty text means no helper, also over a lower one. */
  readonly blank: boolean;
  readonly fingerprint: Fingerprint | null;
  /** The program's name without folder and arguments: those count as secret. */
  readonly program: string | null;
  /** Whose token it prints, where it is `credence token --provider NAME`. */
  readonly organisation: string | null;
  /** What one run gave, if the user asked for it. */
  readonly run: HelperRun | null;
}

export type HelperRun =
  | { readonly ok: true; readonly fingerprint: Fingerprint; readonly milliseconds: number }
  | {
      readonly ok: false;
      readonly problem: HelperProblem;
      readonly milliseconds: number;
      /** Whether something was printed that fits into a header: older versions sent it all the same. */
      readonly printed: boolean;
    };
export type HelperProblem =
  | 'exit-code'
  | 'no-output'
  | 'several-lines'
  | 'several-tokens'
  | 'not-ascii'
  | 'too-long'
  | 'timed-out'
  | 'not-started';

export interface ClaudeJsonFacts {
  readonly path: string;
  readonly state: 'read' | 'absent' | 'malformed' | FileTrouble;
  readonly account: Account | null;
  /** The other of the two possible files, when both are there: it is not used. */
  readonly shadowedPath: string | null;
}

/** The store of the Claude login: a file, on macOS a keychain item. */
export interface StoreFacts {
  readonly kind: 'credentials-file' | 'keychain';
  readonly path: string | null;
  readonly state: 'read' | 'absent' | 'malformed' | 'locked' | 'not-looked-at' | FileTrouble;
  readonly login: LoginFacts | null;
  readonly otherKeys: readonly string[];
  /** Logins of connectors in the same file: logging out takes them along (observed). */
  readonly mcpLogins: number;
  /** When the keychain’s item was last written; `null` for a file, whose content tells. */
  readonly changedAt: number | null;
  /** What lies in its place counts as nothing: a folder, or links in a circle (measured). */
  readonly passedOver: boolean;
  /** macOS: keychain and file both hold a login, and not the same one. */
  readonly diverges: boolean;
}

export interface LoginFacts {
  readonly reading: Reading;
  readonly refresh: 'present' | 'empty' | 'missing';
  /** Milliseconds since 1970. */
  readonly accessEndsAt: number | null;
  readonly loginEndsAt: number | null;
  readonly plan: string | null;
  readonly tier: string | null;
  readonly trouble: LoginTrouble | null;
}

export type LoginTrouble =
  /** Its token is white space, and is sent all the same (measured). */
  | 'blank'
  /** The token holds a character that no header can carry. */
  | 'not-sendable'
  /** The scopes are neither a list nor text: Claude Code fails where it looks at them (measured). */
  | 'scopes';

export interface ProfileFacts {
  /** The one that a context could use: named by a variable, or the active one. */
  readonly selected: SelectedProfile | null;
  /** Every profile that was found, and one that was named but is not there. */
  readonly readings: readonly Reading[];
  readonly federation: Reading | null;
}

export interface SelectedProfile {
  readonly name: string;
  readonly by: 'variable' | 'active';
  readonly type: ProfileType;
  readonly reading: Reading;
  readonly endsAt: number | null;
  readonly renewable: boolean;
  readonly organisation: string | null;
  readonly email: string | null;
  /** Why requests fail that would use it; Claude Code then takes nothing else in its place (measured). */
  readonly trouble: ProfileTrouble | null;
  /** Its token is white space, and is sent all the same. */
  readonly blank: boolean;
}

export type ProfileTrouble =
  /** The name is one that Claude Code does not allow, although the files are there. */
  | 'name'
  /** The group or others may read or write the credentials file. */
  | 'open-to-others'
  | 'no-token'
  /** The token holds a character that no header can carry. */
  | 'not-sendable'
  /** The folder’s own files name another one, or none, in its place, and that is not there. */
  | 'named-away';

/** What stands behind the cloud switches, as far as it can be read without asking anybody. */
export interface CloudFacts {
  readonly aws: ChainFacts;
  readonly google: ChainFacts;
  readonly azure: ChainFacts;
}

export interface ChainFacts {
  /** `found`: something usable-looking; `nothing`: only a metadata service could help, and that is not asked. */
  readonly state: 'found' | 'nothing' | 'not-looked-at' | 'unreadable';
  readonly readings: readonly Reading[];
  readonly clocks: readonly CloudClock[];
}

/** One credential in clear in one file. */
export interface SecretFile {
  readonly origin: Origin;
  /** POSIX permission bits. */
  readonly mode: number;
  readonly readableByOthers: boolean;
  /** Whether git's index names the file. */
  readonly tracked: boolean;
}

export interface CloudClock {
  readonly kind: 'aws-sso' | 'aws-login' | 'gcp' | 'azure';
  /** Milliseconds since 1970; `null`: nobody can tell without a call. */
  readonly endsAt: number | null;
  readonly renewsItself: boolean;
}

/** The value that counts among the layers for one variable, and where it stands. */
export interface EffectiveEntry {
  readonly entry: Entry;
  readonly layer: LayerId;
}
