import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** As it stands in `providers.json`: what is not named is left out. */
export type ProviderEntry = Readonly<Record<string, unknown>>;

/** A provider of a made-up organisation of that name, with what else is to be in its entry. */
export function providerEntry(name: string, more: ProviderEntry = {}): ProviderEntry {
  return { name, issuer: `https://${name}.example`, clientId: 'credence', scopes: ['openid'], ...more };
}

export function providersText(...providers: readonly ProviderEntry[]): string {
  return JSON.stringify({ schemaVersion: 1, providers }, null, 2);
}

/** Of Credence’s own data, in a home. */
export const PROVIDERS = '.config/credence/providers.json';

/** Writes the user’s `providers.json`. @returns its path */
export function layProviders(home: string, ...providers: readonly ProviderEntry[]): string {
  const file = path.join(home, PROVIDERS);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, providersText(...providers), { mode: 0o600 });
  return file;
}
