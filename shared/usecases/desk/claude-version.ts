import type { Ports } from '../../ports/ports.ts';
import type { InstalledClaudeCode } from '../find-claude-code.ts';

/** Starting it takes a second or two: milliseconds. */
const DEADLINE = 10_000;
const VERSION = /^(\d{1,9}\.\d{1,9}\.\d{1,9})\b/;

/** Says the version of a program that does not tell it by its package or folder; `null` when it does not say either. */
export type AskVersion = (
  ports: Pick<Ports, 'processes' | 'files' | 'environment'>,
  installed: InstalledClaudeCode,
) => Promise<string | null>;

/** Asks the program itself, once for as long as it is the same file. */
export function versionAsker(): AskVersion {
  const known = new Map<string, Promise<string | null>>();
  return ({ processes, files, environment }, { realPath }) => {
    const key = `${realPath} ${String(files.inspect(realPath)?.changedAt)}`;
    const answer = known.get(key) ?? ask();
    known.set(key, answer);
    // It may have been busy: another look asks again, unless the runner remembers.
    void answer.then((version) => (version === null ? known.delete(key) : undefined));
    return answer;

    async function ask(): Promise<string | null> {
      const { HOME, PATH } = environment.variables;
      const result = await processes.run({
        file: realPath,
        args: ['--version'],
        folder: environment.home ?? '/',
        variables: { HOME, PATH },
        deadline: DEADLINE,
        maxBytes: 1_000,
      });
      return result.state === 'ended' ? (VERSION.exec(result.output.trim())?.[1] ?? null) : null;
    }
  };
}
