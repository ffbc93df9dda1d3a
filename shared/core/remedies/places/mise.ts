import { readMiseEnv } from '../../startup/mise.ts';
import { readToml } from '../../startup/toml-lines.ts';
import type { EditText, LeftReason } from '../text-edit.ts';
import { editEnvironmentLines } from './environment-lines.ts';

/**
 * `mise.toml` and its relatives: lines of an `[env]` table, or `env.NAME` outside of it. A look-up would have to be a
 * template, which runs in every folder below: `look-up` is not possible.
 */
export const editMise: EditText = (bytes, request) =>
  editEnvironmentLines(bytes, request, (text) => {
    const { entries, wellFormed } = readToml(text);
    const times = new Map<string, number>();
    for (const { path } of entries) {
      const [table, name] = path;
      if (table === 'env' && name !== undefined) times.set(name, (times.get(name) ?? 0) + 1);
    }
    return {
      read: (part, wanted) => readMiseEnv(part, wanted).assignments,
      comment: /^\s*#/,
      isUse: (before, after) => !(/^[ \t]*(?:env\.)?["']?$/.test(before) && /^["']?[ \t]*[=.]/.test(after)),
      contextOf: (line) => (isRooted(line) ? '' : '[env]\n'),
      refuse: (name, line): LeftReason | null => {
        // TOML has no comments with control characters, and no key twice.
        if (!wellFormed || /(?!\t)\p{Cc}/u.test(line)) return 'malformed';
        return times.get(name) === 1 ? null : 'shared-line';
      },
    };
  });

/** `env.NAME = …` and `env = { … }`. */
function isRooted(line: string): boolean {
  return readToml(line).entries[0]?.path[0] === 'env';
}
