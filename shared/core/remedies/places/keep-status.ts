import type { LeftLines, PlannedLine } from './line-edits.ts';
import type { TopLevelLines } from './top-level-lines.ts';

const STATUS = /\$\{?[#!]?\?|pipestatus|PIPESTATUS|\$\{?status\b/;
const LAST_WORD = /\$\{?_(?!\w)/;
const RETURN = /^[ \t]*(?:return|exit|logout|bye)\b/;
/** One command that does nothing but set a variable or an alias, without a substitution that may fail. */
const SUCCEEDS =
  /^[ \t]*(?::|(?:(?:export|alias)[ \t]+)?[A-Za-z_]\w*=(?:"[^"`(]*"|'[^']*'|[^\s"'`();&|<>])*)[ \t]*(?:#[^\n]*)?\n?$/;

/**
 * Shells remember how the last command ended. Where that may be asked for behind a line that goes, a `:` takes its place
 * unless the command before it cannot fail; a line whose last word may be asked for is left.
 *
 * @param text of the whole script
 * @param endCounts whoever reads the file asks how its last command ended
 */
export function keepStatus(
  planned: readonly PlannedLine[],
  text: string,
  topLevel: TopLevelLines,
  endCounts: boolean,
  left: LeftLines,
): readonly PlannedLine[] {
  const asked = STATUS.test(text);
  const lastWord = LAST_WORD.test(text);
  if (planned.length === 0) return planned;
  const { before, after } = topLevel.neighbours(new Set(planned.map(({ line }) => line)));
  return planned.flatMap((plan) => {
    const next = after.get(plan.line) ?? '';
    if (lastWord && LAST_WORD.test(next)) {
      for (const { name } of plan.sets) left.add(name, plan.line, 'used-later');
      return [];
    }
    const returns = RETURN.test(next);
    if (!asked && !returns && !(next === '' && endCounts)) return [plan];
    const previous = before.get(plan.line) ?? '';
    // What came before the script is not known, but a script that runs no command succeeds.
    const succeeded = previous === '' ? next === '' : SUCCEEDS.test(previous);
    return [succeeded ? plan : { ...plan, standIn: ':' }];
  });
}
