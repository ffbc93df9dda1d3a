import { isAbsolute } from 'node:path';
import type { Environment } from '../../../../shared/ports/environment.ts';
import type { Ports } from '../../../../shared/ports/ports.ts';
import type { ClaudeTrouble } from '../../../../shared/presentation/sign-in/claude-trouble.ts';
import { findClaudeCode } from '../../../../shared/usecases/find-claude-code.ts';
import type { ProgramToStart } from '../../../../shared/usecases/sign-in/start-claude-login.ts';

export type ClaudeToStart =
  | { readonly ok: true; readonly program: ProgramToStart }
  | { readonly ok: false; readonly why: ClaudeTrouble; readonly path: string | null };

/**
 * The `claude` to start, and with what: the one place of the commands that decides it.
 *
 * @param chosen as the user named it; `null`: whichever is found
 */
export function claudeToStart(
  ports: Pick<Ports, 'environment' | 'files'>,
  chosen: string | null,
): ClaudeToStart {
  const path = chosen ?? findClaudeCode(ports)?.path ?? null;
  if (path === null) return { ok: false, why: 'not-found', path };
  if (!isAbsolute(path)) return { ok: false, why: 'not-absolute', path };
  if (ports.files.inspect(path)?.kind !== 'file') return { ok: false, why: 'not-found', path };
  const { environment } = ports;
  return {
    ok: true,
    program: {
      path: ports.files.realPath(path),
      variables: cleaned(environment),
      folder: environment.home ?? environment.workingFolder,
    },
  };
}

const LEFT_OUT = /^(?:NODE_OPTIONS|NODE_PATH|LD_.*|DYLD_.*|ELECTRON_.*|CREDENCE_.*)$/;

function cleaned({ variables }: Environment): ProgramToStart['variables'] {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !LEFT_OUT.test(name)));
}
