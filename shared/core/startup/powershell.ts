import {
  certaintyOf,
  type Assignment,
  type SourceReference,
  type StartupText,
  type WantedNames,
} from './assignment.ts';
import { readEnvironmentCommand } from './powershell-commands.ts';
import {
  expressionConstant,
  isAssignment,
  isOperator,
  splitAt,
  type Constant,
  type Item,
} from './powershell-item.ts';
import type { StatementNotes } from './statement-notes.ts';
import { PowerShellWords, type PowerShellToken, type PowerShellWord } from './powershell-words.ts';

/**
 * Reads a PowerShell profile without running it. Names count in any case: a variable is reported under the name that is
 * wanted. What is in a block (`if`, a function, a script block) is conditional; `SetEnvironmentVariable` for the user
 * or the machine is conditional, too, because it does not reach the programs of this shell.
 *
 * @param notes told where statements and comments stand, in the text with Unix line ends
 */
export function readPowerShell(
  text: string,
  wanted: WantedNames,
  notes: StatementNotes | null = null,
): StartupText {
  const unixText = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  return new PowerShellReader(unixText, wanted, notes).read();
}

interface Frame {
  /** What closes it; empty for the file. */
  readonly closes: ')' | '}' | '';
  /** Newlines do not end a statement in plain parentheses. */
  readonly oneStatement: boolean;
  readonly conditional: boolean;
  items: Item[];
  /** Behind `&&` or `||`. */
  chained: boolean;
}

/** No script is deeper; what is, is not read. */
const DEEPEST = 1000;

class PowerShellReader {
  readonly #words: PowerShellWords;
  readonly #wanted: WantedNames;
  readonly #assignments: Assignment[] = [];
  readonly #sources: SourceReference[] = [];
  readonly #frames: Frame[] = [];
  readonly #notes: StatementNotes | null;
  #top: Frame = { closes: '', oneStatement: false, conditional: false, items: [], chained: false };
  #doubt = false;
  #left = false;

  constructor(text: string, wanted: WantedNames, notes: StatementNotes | null) {
    this.#words = new PowerShellWords(text, notes?.comments);
    this.#notes = notes;
    this.#wanted = wanted;
  }

  read(): StartupText {
    while (!this.#left) {
      const token = this.#words.next();
      if (token.kind === 'operator' && token.text === '') break;
      this.#token(token);
    }
    while (!this.#left && this.#frames.length > 0) this.#close();
    if (!this.#left) this.#endStatement();
    if (this.#notes !== null) this.#notes.end = this.#words.offset;
    return { assignments: this.#assignments, sources: this.#sources, exports: [] };
  }

  #token(token: PowerShellToken): void {
    if (token.kind === 'word') {
      this.#top.items.push(token);
      return;
    }
    switch (token.text) {
      case '\n':
        if (!this.#top.oneStatement) this.#endStatement();
        if (this.#frames.length === 0 && !this.#doubt) this.#notes?.starts.push(this.#words.offset);
        break;
      case ';':
        this.#endStatement();
        break;
      case '&&':
      case '||':
        this.#endStatement();
        this.#top.chained = true;
        break;
      case '{':
      case '@{':
        this.#open('}', true);
        break;
      case '(':
        this.#open(')', false);
        break;
      case '$(':
      case '@(':
        this.#open(')', false, false);
        break;
      case '}':
      case ')':
        // A stray one is a syntax error, with which nothing of the file runs.
        if (this.#top.closes === token.text) this.#close();
        else this.#doubt = true;
        break;
      default:
        this.#top.items.push(token);
    }
  }

  #open(closes: ')' | '}', block: boolean, oneStatement = closes === ')'): void {
    if (this.#frames.length >= DEEPEST) {
      this.#left = true;
      return;
    }
    const { conditional, chained } = this.#top;
    this.#frames.push(this.#top);
    this.#top = {
      closes,
      oneStatement,
      conditional: conditional || chained || block,
      items: [],
      chained: false,
    };
  }

  #close(): void {
    const { items } = this.#top;
    this.#endStatement();
    const parent = this.#frames.pop();
    if (parent === undefined) return;
    this.#top = parent;
    parent.items.push({ kind: 'group', items });
  }

  #endStatement(): void {
    const { items } = this.#top;
    this.#top.items = [];
    if (items.length > 0) this.#statement(items);
    this.#top.chained = false;
  }

  #statement(items: readonly Item[]): void {
    const equals = items.findIndex(isAssignment);
    if (equals > 0) {
      this.#assign(items, equals);
    } else {
      splitAt(items, '|').forEach((command, index) => {
        this.#command(command, index > 0);
      });
    }
  }

  /** `$env:A = 'x'`, `$env:A = $env:B = 'x'`, `$env:A, $env:B = 'x', 'y'`. */
  #assign(items: readonly Item[], first: number): void {
    const last = items.findLastIndex(isAssignment);
    const left = items.slice(0, last);
    const value = expressionConstant(items.slice(last + 1));
    const only = items.length === last + 2 ? items[last + 1] : undefined;
    const path =
      value === null && only?.kind === 'word' && only.quoted ? scriptPath(only, this.#words.text) : null;
    const perhaps = isOperator(items[first], '??=');
    const plain = perhaps || isOperator(items[first], '=');
    const several = left.some((item) => isOperator(item, ','));
    for (const item of left) {
      if (item.kind !== 'word' || item.environment === null) continue;
      const known = plain && !several;
      this.#set(item.environment, item.line, known ? value : null, perhaps, known ? path : null);
    }
  }

  #command(items: readonly Item[], piped: boolean): void {
    const [head, next] = items;
    if (head === undefined || head.kind === 'group') return;
    const called = head.kind === 'operator' || head.text === '.';
    const script = called ? next : head;
    if (script?.kind === 'word' && (head.text === '.' || isScript(script, this.#words.text))) {
      this.#source(script);
      return;
    }
    if (head.kind === 'operator') return;
    const name = head.text.toLowerCase();
    if (name === 'return' || name === 'exit') {
      this.#leave();
      return;
    }
    for (const { variable, value, perhaps } of readEnvironmentCommand(name, items.slice(1), piped)) {
      this.#set(variable, head.line, value, perhaps);
    }
  }

  #leave(): void {
    if (this.#top.conditional || this.#top.chained) this.#doubt = true;
    else this.#left = true;
  }

  #source(word: PowerShellWord): void {
    const path = scriptPath(word, this.#words.text);
    const conditional = this.#isConditional();
    this.#sources.push({ line: word.line, path, conditional, exportsAll: false, syntax: 'same' });
  }

  #isConditional(): boolean {
    return this.#top.conditional || this.#top.chained || this.#doubt;
  }

  /** An empty value removes the variable, as `$null` does; only PowerShell 7.5 keeps it empty. */
  #set(written: string, line: number, value: Constant, perhaps: boolean, path: string | null = null): void {
    const name = this.#wantedName(written);
    if (name === null) return;
    const conditional = perhaps || this.#isConditional();
    const common = { name, line, conditional, exported: true };
    if (value === undefined || value === '') {
      const certainty = conditional ? 'conditional' : 'literal';
      this.#assignments.push({ ...common, certainty, value: null, pathAsWritten: null, kind: 'unset' });
    } else {
      const certainty = certaintyOf(value, conditional);
      this.#assignments.push({ ...common, certainty, value, pathAsWritten: path, kind: 'set' });
    }
  }

  #wantedName(written: string): string | null {
    if (this.#wanted(written)) return written;
    const upper = written.toUpperCase();
    return this.#wanted(upper) ? upper : null;
  }
}

function isScript(word: PowerShellWord, text: string): boolean {
  return /\.ps1["']?$/i.test(text.slice(Math.max(word.start, word.end - 5), word.end));
}

/** As written, without quotes; the variables that `expandPath` knows in its spelling. */
function scriptPath(word: PowerShellWord, text: string): string | null {
  if (!word.computed) return word.text;
  const written = text.slice(word.start, word.end).replace(/^"(.*)"$/s, '$1');
  const path = written
    .replace(/^\$(?:\{psscriptroot\}|psscriptroot\b)/i, '$PSScriptRoot')
    .replace(/^\$(?:\{home\}|home\b|env:(?:userprofile|home)\b|\{env:(?:userprofile|home)\})/i, '$HOME');
  return /^\$(?:HOME|PSScriptRoot)(?=[\\/])[^$`"']*$/.test(path) ? path : null;
}
