import type { StartupText, WantedNames } from './assignment.ts';
import { EventLog } from './event-log.ts';
import { openFrame, type Frame, type FrameKind } from './fish-frame.ts';
import { readFishSet, type FishSet } from './fish-set.ts';
import { FishWords, type FishWord } from './fish-words.ts';
import { resolveEvents, type ShellEvent } from './shell-events.ts';
import { readHomePath, readSourcePath } from './source-path.ts';
import type { StatementNotes } from './statement-notes.ts';

/**
 * Reads `config.fish` or a file of `conf.d` without running it. Command substitutions and calls of functions are not
 * followed: what is in a function is conditional.
 */
export function readFish(text: string, wanted: WantedNames): StartupText {
  const unixText = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  return resolveEvents(readFishStatements(unixText, wanted, null).events);
}

/**
 * What the statements of a fish script would do to the wanted variables, in order.
 *
 * @param text with Unix line ends
 * @param notes told where statements and comments stand
 */
export function readFishStatements(
  text: string,
  wanted: WantedNames,
  notes: StatementNotes | null,
): { readonly events: readonly ShellEvent[]; readonly wellFormed: boolean } {
  const reader = new FishReader(text, wanted, notes);
  reader.read();
  return { events: reader.log.events, wellFormed: reader.wellFormed };
}

type NewEvent = Pick<ShellEvent, 'action' | 'name'> &
  Partial<Pick<ShellEvent, 'value' | 'pathAsWritten' | 'exports' | 'scoped' | 'conditional'>>;

const KEPT = new Set(['set', 'export', 'read', 'source', '.', 'exec', 'function']);
const GUARD = /is-interactive|is-login|\bisatty\b/;
const GUARD_LENGTH = 400;
const LONGEST_RESERVED = 'function'.length;

class FishReader {
  readonly log = new EventLog();
  readonly #words: FishWords;
  readonly #wanted: WantedNames;
  readonly #around: Frame[] = [];
  #top = openFrame('file', null, false, 0);
  /** In how many of the open frames a name is local. */
  readonly #localCount = new Map<string, number>();
  /** Names of which a local variable has been erased, so that the next one outwards is meant. */
  readonly #uncovered = new Set<string>();
  /** What has been set outside of functions, so that functions change it too. */
  readonly #global = new Set<string>();
  /** Sets of functions that say no scope: they change a global variable if there is one. */
  readonly #undecided = new Set<ShellEvent>();
  /** First and last event of the bodies of functions. */
  readonly #functions = new Map<string, { readonly first: number; readonly end: number }>();
  #broken = false;
  #doubt: boolean;
  #left = false;
  #statementStart = 0;

  // The command that is being read:
  #line = 0;
  #assignments: FishWord[] = [];
  #name: FishWord | null = null;
  #args: FishWord[] = [];
  #doubtful = false;
  /** Behind `and`, `or`, `&&` or `||`. */
  #chained = false;
  #goesOn = false;
  /** Behind `else`, whose `if` opens no block of its own. */
  #afterElse = false;

  readonly #notes: StatementNotes | null;

  constructor(text: string, wanted: WantedNames, notes: StatementNotes | null) {
    this.#words = new FishWords(text, notes?.comments);
    this.#notes = notes;
    this.#wanted = wanted;
    this.#doubt = text.startsWith('\uFEFF');
  }

  read(): void {
    while (!this.#left) {
      const token = this.#words.next();
      if (typeof token !== 'string') this.#word(token);
      else if (token === '') break;
      else this.#operator(token);
    }
    this.#finishCommand();
    for (const event of this.#undecided) event.scoped = !this.#global.has(event.name);
    // fish runs nothing of a file that it cannot parse.
    if (!this.wellFormed) this.log.doubtFrom(0);
    if (this.#notes !== null) this.#notes.end = this.#words.offset;
  }

  get wellFormed(): boolean {
    return !this.#broken && (this.#left || this.#around.length === 0);
  }

  #operator(operator: string): void {
    if (operator === '\n' && this.#goesOn) return;
    this.#finishCommand();
    const chain = operator === '&&' || operator === '||';
    this.#chained = chain;
    this.#goesOn = chain || operator === '|';
    if (operator !== '\n') return;
    this.#doubt &&= !this.#words.text.startsWith('\uFEFF');
    if (this.#around.length === 0) this.#notes?.starts.push(this.#words.offset);
  }

  #word(word: FishWord): void {
    this.#goesOn = false;
    if (word.redirect) {
      this.#doubtful ||= word.computed || !/^(?:\/dev\/null|[0-9-])$/.test(word.text);
      return;
    }
    if (this.#name !== null) {
      if (KEPT.has(this.#name.text)) this.#args.push(word);
      return;
    }
    const raw = this.#words.text.slice(word.start, Math.min(word.end, word.start + LONGEST_RESERVED + 1));
    const chained = this.#chained || raw === 'and' || raw === 'or';
    if (this.#around.length === 0 && !chained) this.#statementStart = word.start;
    if (this.#assignments.length === 0 && this.#reserved(raw)) return;
    if (this.#assignments.length === 0) this.#line = word.line;
    if (/^[A-Za-z_]\w*=/.test(word.text) && !this.#afterElse) this.#assignments.push(word);
    else this.#name = word;
  }

  /** Acts on a reserved word; false when the word is none. */
  #reserved(word: string): boolean {
    switch (word) {
      case 'and':
      case 'or':
        this.#chained = true;
        return true;
      case 'not':
      case '!':
      case 'time':
      case 'builtin':
        return true;
      case 'if':
        if (this.#afterElse) this.#afterElse = false;
        else this.#push('if');
        return true;
      case 'else':
        if (this.#top.kind !== 'if') this.#broken = true;
        this.#forgetLocals();
        this.#chained = false;
        this.#afterElse = true;
        return true;
      case 'while':
        this.#push('loop');
        return true;
      case 'for':
      case 'switch':
      case 'function':
        this.#push(word === 'for' ? 'loop' : word);
        return false;
      case 'begin':
      case '{':
        this.#push('begin');
        return true;
      case 'case':
        if (this.#top.kind !== 'switch') this.#broken = true;
        this.#forgetLocals();
        return false;
      case 'end':
      case '}':
        this.#pop();
        return false;
      default:
        return false;
    }
  }

  #push(kind: FrameKind): void {
    this.#around.push(this.#top);
    this.#top = openFrame(kind, this.#top, this.#chained, this.log.events.length);
    this.#chained = false;
  }

  #pop(): void {
    const { kind, functionName, firstEvent } = this.#top;
    this.#forgetLocals();
    const parent = this.#around.pop();
    if (parent === undefined) {
      this.#broken = true;
      return;
    }
    this.#top = parent;
    if (kind !== 'function') return;
    this.#functions.set(functionName, { first: firstEvent, end: this.log.events.length });
    // A function that defines itself anew is another one at each call.
    const around = [parent, ...this.#around].filter((frame) => frame.kind === 'function');
    if (around.some((frame) => frame.functionName === functionName)) this.log.doubtFrom(0);
  }

  /** At the end of a block or of one of its branches. */
  #forgetLocals(): void {
    for (const name of this.#top.locals.splice(0)) {
      this.#localCount.set(name, (this.#localCount.get(name) ?? 1) - 1);
    }
  }

  #emit(event: NewEvent): void {
    if (!this.#wanted(event.name) && event.action !== 'source') return;
    this.log.events.push({
      value: null,
      pathAsWritten: null,
      exports: false,
      scoped: false,
      syntax: 'same',
      line: this.#line,
      ...event,
      conditional:
        event.conditional === true ||
        this.#top.conditional ||
        this.#chained ||
        this.#doubtful ||
        this.#doubt ||
        this.#broken,
    });
  }

  #finishCommand(): void {
    const name = this.#name;
    for (const word of name === null ? [] : this.#assignments) {
      const equals = word.text.indexOf('=');
      const value = word.computed ? null : word.text.slice(equals + 1);
      this.#emit({ action: 'set', name: word.text.slice(0, equals), value, scoped: true });
    }
    if (name !== null && !name.computed) this.#command(name.text);
    this.#name = null;
    if (this.#assignments.length > 0) this.#assignments = [];
    if (this.#args.length > 0) this.#args = [];
    this.#doubtful = false;
    this.#chained = false;
    this.#afterElse = false;
  }

  #command(name: string): void {
    switch (name) {
      case 'set':
        this.#set();
        break;
      case 'export':
        for (const word of this.#args) this.#export(word);
        break;
      case 'read':
        this.#read();
        break;
      case 'source':
      case '.': {
        const word = this.#args[0];
        if (word === undefined) break;
        const path = readSourcePath(this.#words.text.slice(word.start, word.end));
        this.#emit({ action: 'source', name: '', value: path });
        break;
      }
      case 'return':
      case 'exit':
        this.#leave(false);
        break;
      case 'exec':
        this.#leave(true);
        break;
      case 'function':
        this.#top.functionName = this.#args[0]?.text ?? '';
        break;
      default:
        this.#call(name);
    }
  }

  #call(name: string): void {
    const body = this.#functions.get(name);
    if (body === undefined) return;
    this.log.repeat(body.first, body.end, (event, copy) => {
      if (this.#undecided.has(event)) this.#undecided.add(copy);
    });
  }

  #set(): void {
    const set = readFishSet(this.#args);
    if (set === null) return;
    const { inFunction, locals } = this.#top;
    for (const name of set.names) {
      if (set.scope === 'local' || (set.scope === 'function' && inFunction)) {
        locals.push(name);
        this.#localCount.set(name, (this.#localCount.get(name) ?? 0) + 1);
      }
      const scoped = set.scope !== 'wider' && (this.#localCount.get(name) ?? 0) > 0;
      const conditional = set.scope === 'unnamed' && this.#uncovered.has(name);
      const first = this.log.events.length;
      if (set.unexports) this.#emit({ action: 'unexport', name, scoped, conditional });
      if (set.action === 'erase') this.#emit({ action: 'unset', name, scoped, conditional });
      else
        this.#emit({ action: 'set', name, ...this.#valueOf(set), exports: set.exports, scoped, conditional });
      if (set.action === 'erase' && scoped) {
        this.#uncovered.add(name);
        this.#localCount.set(name, 0);
      }
      if (set.scope === 'unnamed' && inFunction && !scoped) {
        for (const event of this.log.events.slice(first)) this.#undecided.add(event);
      } else if (!scoped) {
        this.#global.add(name);
      }
    }
  }

  #valueOf({ value, only }: FishSet): Pick<ShellEvent, 'value' | 'pathAsWritten'> {
    const path =
      value === null && only !== null ? readHomePath(this.#words.text.slice(only.start, only.end)) : null;
    return { value, pathAsWritten: path };
  }

  /** fish has an `export` for people who come from other shells. */
  #export(word: FishWord): void {
    const equals = word.text.indexOf('=');
    if (equals < 0) {
      if (!word.computed) this.#emit({ action: 'export', name: word.text });
      return;
    }
    const name = word.text.slice(0, equals);
    const value = word.computed ? null : word.text.slice(equals + 1);
    this.#global.add(name);
    this.#emit({ action: 'set', name, value, exports: true });
  }

  #read(): void {
    const flags = this.#args.map((word) => word.text);
    const exports = flags.some((flag) => flag === '--export' || /^-[a-zA-Z]*x/.test(flag));
    const scoped = flags.some((flag) => flag === '--local' || /^-[a-zA-Z]*l/.test(flag));
    for (const word of this.#args) {
      if (!word.text.startsWith('-')) this.#emit({ action: 'set', name: word.text, exports, scoped });
    }
  }

  #leave(perhaps: boolean): void {
    const { conditional, inFunction } = this.#top;
    if (inFunction) return;
    if (!perhaps && !conditional && !this.#chained) {
      this.#left = true;
      return;
    }
    const end = this.#words.offset;
    const before = this.#words.text.slice(Math.max(this.#statementStart, end - GUARD_LENGTH), end);
    // The usual guard of files for people puts nothing after it in doubt.
    if (!GUARD.test(before)) this.#doubt = true;
  }
}
