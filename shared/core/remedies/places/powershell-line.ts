import { readEnvironmentCommand } from '../../startup/powershell-commands.ts';
import { expressionConstant, isOperator, type Item } from '../../startup/powershell-item.ts';
import { PowerShellWords } from '../../startup/powershell-words.ts';
import type { LeftReason } from '../text-edit.ts';
import type { LineTarget } from './shell-edit.ts';

/** `[Environment]::SetEnvironmentVariable`, and the commands for the drive `Env:`. */
const COMMANDS = /^(?:set-item|si|set-content|sc|\[(?:system\.)?environment\]::setenvironmentvariable)$/;

/** What a line of a PowerShell script sets, when it does nothing but that with constants; otherwise why not. */
export function readPowerShellLine(line: string): readonly LineTarget[] | LeftReason {
  const words = new PowerShellWords(line);
  const targets: LineTarget[] = [];
  let items: Item[] = [];
  let group: Item[] | null = null;
  for (;;) {
    const token = words.next();
    const text = token.kind === 'operator' ? token.text : null;
    if (group !== null && text === ')') {
      items.push({ kind: 'group', items: group });
      group = null;
    } else if (group !== null && (text === null || text === ',')) {
      group.push(token);
    } else if (group !== null) {
      return 'shared-line';
    } else if (text === '(') {
      group = [];
    } else if (text === ';' || text === '' || text === '\n') {
      const read = readStatement(items, line.length);
      if (typeof read === 'string') return read;
      targets.push(...read);
      items = [];
      if (text === '') return targets.length === 0 ? 'shared-line' : targets;
    } else if (text === null || text === '=') {
      items.push(token);
    } else {
      return 'shared-line';
    }
  }
}

function readStatement(items: readonly Item[], end: number): readonly LineTarget[] | LeftReason {
  const [first, equals, ...rest] = items;
  if (first === undefined) return [];
  if (first.kind !== 'word') return 'shared-line';
  if (first.environment !== null && isOperator(equals, '=')) {
    const value = expressionConstant(rest);
    const [word] = rest;
    if (typeof value !== 'string' || word?.kind !== 'word') return 'computed';
    const { start, end: behind } = word;
    return [{ name: first.environment, value, start, end: behind, lookUp: ['(& ', ')'], command: '' }];
  }
  const name = first.text.toLowerCase();
  if (first.quoted || !COMMANDS.test(name) || items.some((item) => item.kind === 'operator'))
    return 'shared-line';
  const changes = readEnvironmentCommand(name, items.slice(1), false);
  const targets: LineTarget[] = [];
  for (const { variable, value, perhaps } of changes) {
    if (perhaps || typeof value !== 'string') return 'computed';
    targets.push({ name: variable, value, start: first.start, end, lookUp: null, command: name });
  }
  return targets.length === 1 ? targets : 'shared-line';
}
