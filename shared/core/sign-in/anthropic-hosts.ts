/** The domains where Anthropic signs its own users in. Documented: Claude Code’s own login leads to nothing else. */
const DOMAINS = ['anthropic.com', 'claude.ai', 'claude.com'];

/**
 * Whether a host is one of Anthropic’s. There a Claude account logs in, through Claude Code only; Credence has no client of its own
 * there and asks nothing.
 *
 * @param host with or without a port, in any case
 */
export function isAnthropicHost(host: string): boolean {
  // A name may end with a dot, which says that it is complete; it is the same name.
  const name = host.trim().toLowerCase().replace(/:\d*$/, '').replace(/\.+$/, '');
  return DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`));
}
