import type { PowerShellToken, PowerShellWord } from './powershell-words.ts';

/** A part of a statement; a `group` is what stands in parentheses or braces. */
export type Item = PowerShellToken | Group;

interface Group {
  readonly kind: 'group';
  readonly items: readonly Item[];
}

/** A known text, undefined for `$null`, null for everything that is computed. */
export type Constant = string | null | undefined;

/** The value of an expression: of quotes or a whole number, alone. */
export function expressionConstant(items: readonly Item[]): Constant {
  const [item] = items;
  if (item?.kind !== 'word' || items.length > 1) return null;
  if (item.quoted || item.computed) return argumentConstant(item);
  return /^-?\d+$/.test(item.text) ? item.text : null;
}

/** The value of an argument of a command, which needs no quotes. */
export function argumentConstant(item: Item | undefined): Constant {
  if (item?.kind !== 'word') return null;
  if (item.variable === 'null') return undefined;
  if (item.variable === 'true') return 'True';
  if (item.variable === 'false') return 'False';
  return item.computed ? null : item.text;
}

export function isOperator(item: Item | undefined, text: string): boolean {
  return item?.kind === 'operator' && item.text === text;
}

export function isAssignment(item: Item | undefined): boolean {
  return item?.kind === 'operator' && item.text.endsWith('=');
}

export function splitAt(items: readonly Item[], operator: string): Item[][] {
  const parts: Item[][] = [[]];
  for (const item of items) {
    if (isOperator(item, operator)) parts.push([]);
    else parts.at(-1)?.push(item);
  }
  return parts;
}

/** Whether a bare word is a parameter such as `-Path`. */
export function isParameter(item: Item | undefined): item is PowerShellWord {
  return item?.kind === 'word' && !item.quoted && /^-[a-z]/i.test(item.text);
}
