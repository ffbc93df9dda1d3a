import type { Bytes } from '../../core/remedies/text-edit.ts';
import { claudeCodeItem, LOGIN_SERVICE } from '../../core/stores/claude-code-items.ts';
import { parseCredentials, type LoginContent } from '../../core/stores/credentials-file.ts';
import type { Consent, ForeignKeyring } from '../../ports/foreign-keyring.ts';
import { readService, type ReadPorts, type ServiceDefinition, type ServiceResult } from './read-service.ts';

/**
 * Claude Code’s own item on macOS. It belongs to Claude Code, which renews it: there is no way here to write or remove it.
 *
 * @param suffix of the configuration folder, see `keychainSuffix`
 */
export function claudeCodeLogin(suffix: string | null, userName: string): ServiceDefinition<LoginContent> {
  return {
    item: claudeCodeItem(LOGIN_SERVICE, suffix, userName),
    parse: (raw) => {
      const text = textOf(raw);
      return text === null ? null : (parseCredentials(text)?.login ?? null);
    },
    validate: ({ accessToken, usable, accessEndsAt, loginEndsAt, refresh }, now) => {
      if (accessToken === null || accessToken === '' || usable === 'no-token') return { state: 'invalid' };
      const refreshable = refresh === 'present' && (loginEndsAt === null || loginEndsAt > now);
      if (accessEndsAt !== null && accessEndsAt <= now) return { state: 'expired', refreshable };
      return { state: 'valid' };
    },
  };
}

/** Milliseconds: the system asks the user, who has to find the window that asks. */
const PATIENCE = 125_000;

/** @param consent of the click that asked for it; the system may show a dialog once for it */
export function readClaudeCodeLogin(
  definition: ServiceDefinition<LoginContent>,
  keyring: ForeignKeyring,
  consent: Consent,
  ports: ReadPorts,
): Promise<ServiceResult<LoginContent>> {
  return readService(definition, (item) => keyring.read(item, consent), ports, PATIENCE);
}

/** UTF-8; `null` where it is not. */
function textOf(raw: Bytes): string | null {
  try {
    return decodeURIComponent(
      raw.replace(/[^\w-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return null;
  }
}
