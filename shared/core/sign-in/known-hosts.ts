import type { LoginLink } from './claude-login.ts';
import { linkParts, linkText } from './link-parts.ts';

/**
 * Where `claude auth login` sends people: the first two were observed (2.1.328), the others are where earlier versions went.
 * Exactly these: a name below or beside them may belong to anybody one day, and Claude Code opens the page itself anyway.
 */
export const KNOWN_HOSTS: readonly string[] = [
  'claude.com',
  'platform.claude.com',
  'claude.ai',
  'console.anthropic.com',
];

/** The address as it may be shown, copied and opened, written anew from its parts; `null` unless its host is a known one. */
export function knownLink(text: string): LoginLink | null {
  const parts = linkParts(text);
  if (parts === null || !KNOWN_HOSTS.includes(parts.host)) return null;
  return { url: linkText(parts), host: parts.host };
}
