import { childEnvironment } from '../../core/sign-in/child-environment.ts';
import type { Ports } from '../../ports/ports.ts';
import { rightClaude, type ClaudeTrouble } from './claude-program.ts';
import type { ProgramToStart } from './start-claude-login.ts';

export type ClaudeToStart =
  | { readonly ok: true; readonly program: ProgramToStart; readonly version: string | null }
  | { readonly ok: false; readonly why: ClaudeTrouble; readonly path: string | null };

/**
 * The `claude` to start, and with what: the one place that decides it.
 *
 * @param chosen absolute path, as the user named it; `null`: whichever is found and may be started
 * @param folders that somebody works in, beside the one this was started in
 */
export function claudeToStart(
  ports: Pick<Ports, 'environment' | 'files'>,
  chosen: string | null,
  folders: readonly string[] = [],
): ClaudeToStart {
  const found = rightClaude(ports, chosen, folders);
  if (!found.ok) return { ok: false, why: found.why, path: found.path };
  const { realPath, version } = found.program;
  return { ok: true, program: { path: realPath, ...childEnvironment(ports.environment) }, version };
}
