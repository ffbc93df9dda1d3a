import type { Facts } from '../core/facts.ts';
import type { Provider } from '../core/provider.ts';
import { baseUrlOf, goesElsewhere } from '../core/rules/payer.ts';
import { printable } from './printable.ts';
import { PROVIDER_NAMES } from './source-label.ts';

const HOST = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i;

/** Host and port of a public URL, as it may be shown; `null` when it has none. */
export function hostOf(url: string | null | undefined): string | null {
  const host = HOST.exec(url ?? '')?.[1];
  return host === undefined ? null : printable(host);
}

/** The host that requests go to instead of the provider’s own: `null` when no variable names another one. */
export function otherHost(facts: Facts, provider: Provider): string | null {
  if (provider === 'firstParty' && !goesElsewhere(facts)) return null;
  const url = baseUrlOf(facts, provider);
  if (url === null) return null;
  return hostOf(url.entry.text) ?? `the address in ${url.entry.name}`;
}

/** Continues “send …”: where to, when that is not simply Anthropic. Begins with a blank, or is empty. */
export function destination(facts: Facts, provider: Provider): string {
  const host = otherHost(facts, provider);
  switch (provider) {
    case 'firstParty':
      return host === null ? '' : ` to ${host}`;
    case 'gateway':
      return host === null ? ' to the gateway' : ` to the gateway at ${host}`;
    case 'bedrock':
    case 'foundry':
    case 'anthropicAws':
    case 'anthropicGoogleCloud':
    case 'mantle':
    case 'vertex':
      return ` to ${PROVIDER_NAMES[provider]}${host === null ? '' : ` at ${host}`}`;
  }
}
