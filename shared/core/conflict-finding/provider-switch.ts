import type { Facts } from '../facts.ts';
import type { Origin } from '../origin.ts';
import type { CloudProvider } from '../provider.ts';
import { effective } from '../settings/effective.ts';
import { PROVIDER_SWITCHES } from '../sources/cloud-provider.ts';

/** The switch that turned a provider on, and where. */
export function providerSwitch(
  facts: Facts,
  provider: CloudProvider,
): { readonly name: string; readonly origin: Origin } | null {
  const name = PROVIDER_SWITCHES[provider];
  const entry = effective(facts.layers, name)?.entry;
  return entry === undefined ? null : { name, origin: entry.origin };
}
