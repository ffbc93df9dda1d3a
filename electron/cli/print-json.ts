import type { Json } from '../../shared/presentation/status-json.ts';
import type { Terminal } from './command.ts';

export function printJson(terminal: Terminal, value: Json): void {
  terminal.out(`${JSON.stringify(value, null, 2)}\n`);
}
