import type { Bytes } from '../remedies/text-edit.ts';

/** What `/proc/<pid>/stat` tells of a process. */
export interface ProcessStat {
  readonly command: string;
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** 0: no controlling terminal. */
  readonly terminal: number;
  /** The group in the foreground of its terminal. */
  readonly foreground: number;
  /** Ticks since the system started. */
  readonly started: number;
}

/** The command stands in parentheses and may itself hold some, blanks and line ends; what follows the last one is numbers. */
export function parseProcessStat(text: string): ProcessStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const [state = '', ...rest] = text
    .slice(close + 1)
    .trim()
    .split(/\s+/);
  const numbers = rest.map(Number);
  const [parent, group, session, terminal, foreground] = numbers;
  const started = numbers[18];
  const all = [parent, group, session, terminal, foreground, started];
  if (parent === undefined || group === undefined || session === undefined) return null;
  if (terminal === undefined || foreground === undefined || started === undefined) return null;
  if (!all.every(Number.isFinite)) return null;
  return {
    command: text.slice(open + 1, close),
    state,
    parent,
    group,
    session,
    terminal,
    foreground,
    started,
  };
}

/** Arguments, or an environment, as the kernel keeps them: each with a NUL byte behind it. */
export function nulSeparated(bytes: Bytes): readonly Bytes[] {
  return bytes.split('\0').filter((part, at, all) => part !== '' || at < all.length - 1);
}

/** What kind of program a process is, as far as it is of interest. */
export function programKind(
  { command, session, group, terminal, foreground }: ProcessStat,
  processId: number,
  args: readonly string[],
  executable: string | null,
): 'claude-code' | 'shell' | null {
  if (isClaudeCode(command, args, executable)) return 'claude-code';
  if (!SHELLS.has(command) || terminal === 0) return null;
  const leads = session === processId || (group === processId && foreground === processId);
  return leads && isInteractive(args) ? 'shell' : null;
}

const SHELLS: ReadonlySet<string> = new Set(['bash', 'zsh', 'fish', 'sh', 'dash']);
const SCRIPT_RUNNERS: ReadonlySet<string> = new Set(['node', 'nodejs', 'bun', 'MainThread']);
/** Options of Node whose value is a word of its own. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
]);

function isClaudeCode(command: string, args: readonly string[], executable: string | null): boolean {
  const file = nameOf(executable ?? '');
  if (command === 'claude' || file === 'claude' || file === 'claude.exe') return true;
  if (!SCRIPT_RUNNERS.has(command) && !SCRIPT_RUNNERS.has(file)) return false;
  const script = scriptOf(args);
  return script.endsWith('/claude') || script.endsWith('@anthropic-ai/claude-code/cli.js');
}

/** What Node runs; words behind it belong to the program: `node wrapper.js /usr/bin/claude` is not Claude Code itself. */
function scriptOf(args: readonly string[]): string {
  for (let at = 1; at < args.length; at++) {
    const word = args[at] ?? '';
    if (!word.startsWith('-')) return word;
    if (WITH_VALUE.has(word)) at++;
  }
  return '';
}

/** A shell that runs a script or one command ends with it; nobody types into it. */
function isInteractive(args: readonly string[]): boolean {
  let takesValue = false;
  for (const word of args.slice(1)) {
    if (takesValue) {
      takesValue = false;
      continue;
    }
    if (!/^[-+]./.test(word)) return false;
    if (word === '--command' || word.startsWith('--command=') || /^-[a-zA-Z]*c/.test(word)) return false;
    takesValue = /^(?:--rcfile|--init-file|--init-command|[-+][oO]|-C)$/.test(word);
  }
  return true;
}

function nameOf(path: string): string {
  return path.replace(/ \(deleted\)$/, '').slice(path.lastIndexOf('/') + 1);
}
