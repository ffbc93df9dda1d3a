/** Small texts without any secret in Credence’s own folder, each whole or not there, readable by this user alone. */
export interface OwnNotes {
  /** `null`: there is none, or it cannot be read. */
  read(name: OwnNoteName): string | null;
  /** Whole or not at all; `false` when it cannot be kept. */
  write(name: OwnNoteName, text: string): boolean;
}

/**
 * `providers`: those that the user configured. `organisations`: what is known of each sign-in without asking the keychain.
 * `claude`: which `claude` the user chose, and the day a setup token was made.
 */
export const OWN_NOTES = ['providers', 'organisations', 'claude'] as const;
export type OwnNoteName = (typeof OWN_NOTES)[number];

/** The names are the user’s to meet: `providers.json` is one that a person may write. */
export const NOTE_FILES: Readonly<Record<OwnNoteName, string>> = {
  providers: 'providers.json',
  organisations: 'organisations.json',
  claude: 'logins.json',
};
