import { argumentConstant, expressionConstant, isOperator, isParameter, splitAt } from './powershell-item.ts';
import type { Constant, Item } from './powershell-item.ts';

/** A variable that a command sets, or removes (undefined). */
export interface EnvironmentChange {
  readonly variable: string;
  readonly value: Constant;
  /** It may fail, or does not reach the programs of this shell. */
  readonly perhaps: boolean;
}

const METHOD = /^\[(?:system\.)?environment\]::setenvironmentvariable$/;
const DRIVE = /^(?:microsoft\.powershell\.core\\environment::|env:)[\\/]?/i;
const SWITCHES = /^-(?:f|force|confirm|passthru|verbose|debug|recurse)$/;

/**
 * What a command does to environment variables: `Set-Item`, `New-Item`, `Remove-Item` and their like on the drive
 * `Env:`, and `[Environment]::SetEnvironmentVariable`.
 *
 * @param name in lower case
 * @param args what follows it, up to the end of the statement or the next `|`
 * @param piped the command gets its value from the pipeline
 */
export function readEnvironmentCommand(
  name: string,
  args: readonly Item[],
  piped: boolean,
): readonly EnvironmentChange[] {
  if (METHOD.test(name)) return readMethod(args[0]);
  switch (name) {
    case 'set-item':
    case 'si':
    case 'set-content':
    case 'sc':
    case 'new-item':
    case 'ni':
      return readSetItem(args, piped, name.startsWith('n'));
    case 'remove-item':
    case 'clear-item':
    case 'ri':
    case 'rm':
    case 'rmdir':
    case 'rd':
    case 'del':
    case 'erase':
    case 'cli':
      return removed(args);
    default:
      return [];
  }
}

function readMethod(args: Item | undefined): readonly EnvironmentChange[] {
  if (args?.kind !== 'group') return [];
  const [name, value, target] = splitAt(args.items, ',');
  const variable = expressionConstant(name ?? []);
  if (typeof variable !== 'string' || value === undefined) return [];
  const where = target?.[0];
  // A target that is not known may be the user's environment, too.
  const perhaps = where !== undefined && !(where.kind === 'word' && /process$/i.test(where.text));
  return [{ variable, value: expressionConstant(value), perhaps }];
}

function readSetItem(args: readonly Item[], piped: boolean, isNew: boolean): readonly EnvironmentChange[] {
  let path: Constant = null;
  let name: Constant;
  let value: Constant = piped ? null : undefined;
  let force = false;
  let positional = 0;
  for (let index = 0; index < args.length; index++) {
    const item = args[index];
    let target: string;
    if (isParameter(item)) {
      target = item.text.toLowerCase();
      if (target === '-whatif') return [];
      force ||= target.startsWith('-f');
      if (SWITCHES.test(target)) continue;
      index++;
    } else {
      target = positional === 0 ? '-path' : '-value';
      positional++;
    }
    let constant = argumentConstant(args[index]);
    if (isOperator(args[index + 1], ',')) {
      constant = null;
      while (isOperator(args[index + 1], ',')) index += 2;
    }
    if (/^-(?:pa|l|psp)/.test(target)) path = constant;
    else if (target.startsWith('-v')) value = constant;
    else if (target.startsWith('-n')) name = constant;
  }
  if (typeof path !== 'string' || name === null || !DRIVE.test(path)) return [];
  const variable = path.replace(DRIVE, '') || (name ?? '');
  // Without -Force a new item must not be there yet.
  return variable === '' ? [] : [{ variable, value, perhaps: isNew && !force }];
}

function removed(args: readonly Item[]): readonly EnvironmentChange[] {
  return args.flatMap((item) => {
    const path = isParameter(item) ? null : argumentConstant(item);
    if (typeof path !== 'string' || !DRIVE.test(path)) return [];
    return [{ variable: path.replace(DRIVE, ''), value: undefined, perhaps: false }];
  });
}
