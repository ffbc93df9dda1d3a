/** Where Anthropic runs its logins. A Claude account logs in through Claude Code and nothing else. */
const ANTHROPIC = ['anthropic.com', 'claude.ai', 'claude.com'] as const;

/**
 * Whether a host is one of Anthropic’s, or lies below one.
 *
 * @param host without port; case and a dot at the end make no difference
 */
export function isAnthropicHost(host: string): boolean {
  const plain = host.toLowerCase().replace(/\.$/, '');
  return ANTHROPIC.some((own) => plain === own || plain.endsWith(`.${own}`));
}
