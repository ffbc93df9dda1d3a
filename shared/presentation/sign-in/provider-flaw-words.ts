import type { ProvidersFlaw, ProvidersFlawCode } from '../../core/sign-in/providers-file.ts';
import type { ProvidersFile } from '../../usecases/sign-in/read-providers.ts';

/** What is wrong with `providers.json`, or one provider in it, and what to do: each one or two sentences. */
export const FLAW_SENTENCES: Readonly<Record<ProvidersFlawCode, string>> = {
  malformed:
    'This is not JSON from here on, so nothing in the file is used. Look for a comma or a quotation mark.',
  'too-large': 'The file is longer than any list of providers, so it is not read.',
  'no-providers':
    'The file has to be an object with "schemaVersion": 1 and a list "providers", each once. Nothing in it is used.',
  'newer-version': 'A newer Credence wrote this file, so nothing in it is used or changed. Update Credence.',
  'too-many': 'Only the first hundred providers are read.',
  'not-an-object': 'A provider is an object with a name, an issuer and a clientId.',
  'unknown-field': 'Credence does not know this field and passes it over. Look for a typing mistake.',
  twice:
    'It stands there twice. Of two providers with one name the first is used; one with a field twice is not. Remove one.',
  missing: 'It is missing, so the provider is not used.',
  'managed-wins': 'Your administrator has configured a provider with this name, and that one counts.',
  unreadable:
    'There is something here that cannot be read: you may not, it is too long, or it is no file. Nothing in it is used.',
  'not-administrators':
    'Others than the administrator could have written this file or a folder above it, so it is not used. Both have to belong to root, and nobody else may write them.',
  'wrong-type': 'This is another kind of value than it has to be, so the provider is not used.',
  'bad-name': 'A name has small letters, digits and “-”, at most 40, and begins with a letter or a digit.',
  'not-an-address': 'This is no address as https://login.example.com, so the provider is not used.',
  'address-with-more': 'The address must have no user, no “?” and no “#”. The provider is not used.',
  'not-https':
    'The address has to begin with https://. Only this machine itself (127.0.0.1 or [::1]) may have http://.',
  'not-here':
    'This is Anthropic’s. A Claude account logs in through Claude Code only: run “credence login claude”.',
  'bad-client-id': 'This is no client id: visible characters, as the provider gave it.',
  'bad-scope': 'Scopes are words without blanks or quotation marks, each once.',
  'bad-resource': 'This is no absolute address or URN without “#”.',
  'bad-path': 'The path begins with “/” and has plain names between slashes, as /callback.',
  'bad-header': 'It is one of "authorization", "x-api-key" and "both".',
};

/** “providers[1].issuer in line 8 (northwind)”; empty: the file as a whole. */
export function flawPlace({ where, line, name }: ProvidersFlaw): string {
  const parts = [
    where,
    line === null ? '' : `${where === '' ? 'line' : 'in line'} ${String(line)}`,
    name === null ? '' : `(${name})`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** Where the file of the user lies, for sentences; `null`: it has no place. */
export function userFile(files: readonly ProvidersFile[]): string | null {
  return files.find(({ from }) => from === 'user')?.path ?? null;
}
