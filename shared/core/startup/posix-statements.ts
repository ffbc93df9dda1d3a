import type { WantedNames } from './assignment.ts';
import {
  readCommand,
  readsArguments,
  type CommandPlace,
  type NewEvent,
  type PosixDialect,
} from './posix-commands.ts';
import { Frame, type FrameKind, type Stage } from './posix-frame.ts';
import type { ShellEvent } from './shell-events.ts';
import type { ShellWord } from './shell-word.ts';
import { ShellWords } from './shell-words.ts';

export interface PosixStatements {
  readonly events: readonly ShellEvent[];
  /** False after a syntax error; what stands behind it may not run, and is conditional. */
  readonly wellFormed: boolean;
}

/**
 * What the statements of a shell script would do to the wanted variables, in order.
 *
 * @param text with Unix line ends
 */
export function readPosixStatements(
  text: string,
  wanted: WantedNames,
  dialect: PosixDialect,
): PosixStatements {
  const reader = new StatementReader(text, wanted, dialect);
  return { wellFormed: reader.read(), events: reader.events };
}

/** No shell accepts more; what is deeper is not read. */
const DEEPEST = 1000;

/** How far back from a `return` the question is looked for whether somebody sits at a terminal. */
const GUARD_LENGTH = 400;
const GUARD = /\$-|\bPS1\b|\binteractive\b|-t [012]\b/;

/** In place of the number of words in the head: `repeat` has one word, and no variable. */
const REPEAT = -2;

class StatementReader implements CommandPlace {
  readonly events: ShellEvent[] = [];
  readonly text: string;
  readonly wanted: WantedNames;
  readonly dialect: PosixDialect;
  readonly #words: ShellWords;
  readonly #frames: Frame[] = [];
  #top = new Frame('file', null, 0);
  #left = false;
  #broken = false;
  /** A `return` may have ended the file before. */
  #doubt: boolean;
  #firstOfLine = 0;
  #statementStart = -1;
  /** First and last index of each run of events that are scoped already, so that none is visited twice. */
  readonly #scopedRuns: number[] = [];

  constructor(text: string, wanted: WantedNames, dialect: PosixDialect) {
    this.text = text;
    this.wanted = wanted;
    this.dialect = dialect;
    this.#words = new ShellWords(text, dialect === 'zsh');
    // A byte order mark makes the first command an unknown one, except where something removes it.
    this.#doubt = text.startsWith('\uFEFF');
  }

  /** Returns whether the text is well-formed. */
  read(): boolean {
    while (!this.#left) {
      const { started, brackets, stage } = this.#top;
      const token = this.#words.next(started || brackets || stage === 'head' || stage === 'pattern');
      if (token === '') {
        this.#endList();
        if (!this.#closeSubstitution()) break;
      } else if (typeof token === 'string') {
        this.#operator(token);
      } else {
        if (this.#statementStart < 0) this.#statementStart = token.start;
        this.#word(token);
      }
    }
    const unclosed = this.#frames[1] ?? (this.#frames.length > 0 ? this.#top : undefined);
    if (unclosed !== undefined && !this.#left) this.#break(unclosed.firstEvent);
    return !this.#broken;
  }

  get locals(): Set<string> | null {
    return this.#top.locals;
  }

  emit(event: NewEvent): void {
    const frame = this.#top;
    const conditional =
      frame.conditional ||
      frame.listConditional ||
      frame.doubtful ||
      frame.functionNext === 'body' ||
      this.#doubt ||
      this.#broken;
    this.events.push({
      value: null,
      exports: false,
      syntax: 'same',
      line: frame.line,
      ...event,
      conditional: conditional || event.conditional === true,
      scoped: frame.scoped || event.scoped === true,
    });
  }

  leave(perhaps: boolean): void {
    const frame = this.#top;
    if (frame.scoped || frame.locals !== null || frame.functionNext === 'body') return;
    if (!perhaps && !frame.conditional && !frame.listConditional) {
      this.#left = true;
      return;
    }
    const end = this.#words.offset;
    // The usual guard against scripts, at the top of files for people, puts nothing after it in doubt.
    if (!GUARD.test(this.text.slice(Math.max(this.#statementStart, end - GUARD_LENGTH), end)))
      this.#doubt = true;
  }

  #operator(operator: string): void {
    const frame = this.#top;
    if (operator === '$(') this.#push('substitution', 'body');
    else if (frame.brackets) return;
    else if (frame.stage === 'body' || frame.stage === 'condition') this.#listOperator(operator, frame);
    else this.#operatorInHead(operator, frame);
  }

  #listOperator(operator: string, frame: Frame): void {
    switch (operator) {
      case '\n':
        if (frame.functionNext !== 'no' && !frame.started) return;
        if (frame.goesOn && !frame.started && !frame.afterCompound) return;
        this.#endList();
        if (this.#frames.length === 0) this.#endLine();
        break;
      case ';':
        this.#endList();
        break;
      case '&':
        this.#finishCommand();
        this.#scopeFrom(frame.listStart);
        this.#endList();
        break;
      case '&&':
      case '||':
        this.#finishPipeline();
        frame.listConditional = true;
        frame.goesOn = true;
        break;
      case '|':
      case '|&':
        this.#finishCommand();
        this.#scopeFrom(frame.pipelineStart);
        // zsh runs the last part of a pipeline itself, the others run it in a process of its own.
        frame.piped = this.dialect !== 'zsh';
        frame.pipelineStart = this.events.length;
        frame.goesOn = true;
        break;
      case '(':
        if (frame.afterCompound) this.#break(this.#firstOfLine);
        this.#push('subshell', 'body');
        break;
      case ')':
        this.#closeParenthesis();
        break;
      case '()':
        frame.clearCommand();
        frame.functionNext = 'body';
        break;
      default: // `;;` and its relatives
        this.#endList();
        if (frame.kind !== 'case') this.#break(this.#firstOfLine);
        else this.#stage('pattern');
    }
  }

  #operatorInHead(operator: string, frame: Frame): void {
    if (frame.kind === 'loop') {
      if (operator === '\n' || operator === ';') frame.stage = 'before body';
    } else if (frame.stage === 'pattern' && operator === ')') {
      this.#stage('body');
    }
  }

  #word(word: ShellWord): void {
    const frame = this.#top;
    for (const { name, value } of word.defaults) {
      if (!this.wanted(name)) continue;
      if (!frame.started) frame.line = word.line;
      this.emit({ action: 'set', name, value, conditional: true, scoped: frame.locals?.has(name) ?? false });
    }
    if (frame.brackets) {
      frame.brackets = word.quoted || word.text !== ']]';
      frame.afterCompound = !frame.brackets;
    } else if (word.redirect !== '') {
      frame.doubtful ||= mayFail(word);
    } else if (frame.stage === 'body' || frame.stage === 'condition') {
      this.#commandWord(word, frame);
    } else {
      this.#headWord(word, frame);
    }
  }

  #headWord(word: ShellWord, frame: Frame): void {
    const plain = word.quoted || word.computed ? '' : word.text;
    const parenthesised = this.text.charAt(word.start) === '(';
    frame.headWords++;
    if (frame.stage === 'before body') {
      if (plain === 'do') this.#stage('body');
      else if (plain === '{') this.#pushShortBody();
      else this.#shortFormWord(word);
    } else if (frame.stage === 'pattern') {
      // `(a|b)` with both parentheses; in front of further text it is a part of a pattern of zsh.
      const closed = parenthesised && this.text.charAt(word.end - 1) === ')';
      if (frame.headWords === 1 && plain === 'esac') this.#pop();
      else if (closed && /\s/.test(this.text.charAt(word.end))) this.#stage('body');
    } else if (frame.kind === 'case') {
      if (frame.headWords > 1 && (plain === 'in' || plain === '{')) this.#stage('pattern');
    } else {
      if (frame.headWords === 1 && this.wanted(plain)) {
        frame.line = word.line;
        this.emit({ action: 'set', name: plain });
      }
      if (frame.headWords === 2 && plain === 'do') this.#stage('body');
      else if (parenthesised || frame.headWords === REPEAT + 1) frame.stage = 'before body';
    }
  }

  #commandWord(word: ShellWord, frame: Frame): void {
    const plain = word.quoted || word.computed ? '' : word.text;
    frame.goesOn = false;
    if (frame.functionNext === 'name') {
      if (plain !== '{') return;
      frame.functionNext = 'body';
      this.#push('braces', 'body');
      return;
    }
    if (!frame.started && plain !== '' && this.#reserved(plain, frame)) return;
    if (frame.afterFunction) return;
    if (frame.afterCompound && frame.stage === 'condition') {
      this.#shortFormWord(word);
      return;
    }
    if (frame.afterCompound) this.#break(this.#firstOfLine);
    frame.afterCompound = false;
    if (!frame.started && this.text.startsWith('((', word.start)) {
      frame.afterCompound = true;
    } else if (plain === '}' && frame.started && this.dialect === 'zsh' && frame.kind === 'braces') {
      this.#closeBraces(frame);
    } else {
      frame.startCommand(word.line);
      addWord(word, plain, frame, this.dialect);
    }
  }

  /** Acts on a reserved word; false when the word is none here. */
  #reserved(word: string, frame: Frame): boolean {
    switch (word) {
      case 'then':
        return this.#move(frame, 'if', 'condition', 'body');
      case 'elif':
        if (frame.afterShortIf) this.#push('if', 'condition');
        else this.#move(frame, 'if', 'body', 'condition');
        return true;
      case 'else':
        if (!frame.afterShortIf) return this.#move(frame, 'if', 'body', 'body');
        frame.afterCompound = false;
        frame.listConditional = true;
        return true;
      case 'do':
        return this.#move(frame, 'loop', 'condition', 'body');
      case 'fi':
        return this.#close(frame, 'if');
      case 'done':
        return this.#close(frame, 'loop');
      case 'esac':
        return this.#close(frame, 'case');
      case '}':
        this.#closeBraces(frame);
        return true;
      case 'always':
        if (!frame.afterCompound) return false;
        frame.afterCompound = false;
        return true;
      case '{':
        if (!frame.afterCompound) this.#push('braces', 'body');
        else if (frame.stage === 'condition') this.#pushShortBody();
        else return false;
        return true;
      default:
        return !frame.afterCompound && this.#opening(word, frame);
    }
  }

  #opening(word: string, frame: Frame): boolean {
    switch (word) {
      case 'if':
        this.#push('if', 'condition');
        return true;
      case 'for':
      case 'select':
        this.#push('loop', 'head');
        return true;
      case 'while':
      case 'until':
        this.#push('loop', 'condition');
        return true;
      case 'case':
        this.#push('case', 'head');
        return true;
      case 'function':
        frame.functionNext = 'name';
        return true;
      case '[[':
        frame.brackets = true;
        return true;
      case 'coproc':
        frame.listConditional = true;
        return true;
      case 'repeat':
        if (this.dialect !== 'zsh') return false;
        this.#push('loop', 'head');
        this.#top.headWords = REPEAT;
        return true;
      case 'foreach':
        // Its end is a word that is no reserved word elsewhere; nobody writes it in start-up files.
        if (this.dialect === 'zsh') this.#break(this.#firstOfLine);
        return false;
      default:
        return word === '!' || word === 'time';
    }
  }

  #move(frame: Frame, kind: FrameKind, from: Stage, to: Stage): true {
    this.#endList();
    if (frame.kind === kind && frame.stage === from) frame.stage = to;
    else this.#break(this.#firstOfLine);
    return true;
  }

  #close(frame: Frame, kind: FrameKind): true {
    this.#endList();
    if (frame.kind === kind && frame.stage === 'body') this.#pop();
    else this.#break(this.#firstOfLine);
    return true;
  }

  #closeBraces(frame: Frame): void {
    this.#endList();
    if (frame.kind !== 'braces') {
      this.#break(this.#firstOfLine);
      return;
    }
    this.#pop();
    if (!frame.closesParent) return;
    const isIf = this.#top.kind === 'if';
    this.#pop();
    this.#top.afterShortIf = isIf;
  }

  #closeParenthesis(): void {
    this.#endList();
    const isOpen = (): boolean => this.#top.kind === 'subshell' || this.#top.kind === 'substitution';
    if (!isOpen()) this.#break(this.#firstOfLine);
    if (!this.#top.scoped) return;
    while (!isOpen()) this.#pop();
    if (this.#top.kind === 'subshell') this.#pop();
    else this.#closeSubstitution();
  }

  /** Goes back to the word around the innermost command substitution, if there is one. */
  #closeSubstitution(): boolean {
    const around = this.#frames.findLastIndex((_, index) => this.#frameAt(index + 1).kind === 'substitution');
    const frame = this.#frames[around];
    if (frame === undefined) return false;
    if (around < this.#frames.length - 1) this.#break(this.#firstOfLine);
    this.#frames.length = around;
    this.#top = frame;
    this.#words.resume();
    return true;
  }

  #frameAt(index: number): Frame {
    return this.#frames[index] ?? this.#top;
  }

  #push(kind: FrameKind, stage: Stage): void {
    const parent = this.#top;
    if (this.#frames.length >= DEEPEST) {
      this.#break(this.#firstOfLine);
      this.#left = true;
      return;
    }
    const frame = new Frame(kind, parent, this.events.length);
    frame.stage = stage;
    if (kind !== 'substitution') parent.functionNext = 'no';
    parent.goesOn = false;
    this.#frames.push(parent);
    this.#top = frame;
  }

  /** At the `{` that stands for `then` or `do`. */
  #pushShortBody(): void {
    this.#endList();
    this.#top.stage = 'body';
    this.#push('braces', 'body');
    this.#top.closesParent = true;
  }

  /** zsh: `if [[ … ]] command` and `for x (…) command` end with the command; other shells refuse that. */
  #shortFormWord(word: ShellWord): void {
    if (this.dialect !== 'zsh') this.#break(this.#firstOfLine);
    this.#pop();
    this.#top.afterCompound = false;
    this.#top.listConditional = true;
    this.#word(word);
  }

  #pop(): void {
    const parent = this.#frames.pop();
    if (parent === undefined) return;
    parent.afterCompound = true;
    // zsh: an anonymous function may have arguments.
    parent.afterFunction = this.dialect === 'zsh' && this.#top.locals !== parent.locals;
    this.#top = parent;
  }

  #stage(stage: Stage): void {
    const frame = this.#top;
    frame.stage = stage;
    frame.headWords = 0;
    frame.clearList(this.events.length);
  }

  #finishCommand(): void {
    const frame = this.#top;
    if (frame.started) readCommand(frame, this);
    frame.clearCommand();
  }

  #finishPipeline(): void {
    this.#finishCommand();
    if (this.#top.piped) this.#scopeFrom(this.#top.pipelineStart);
    this.#top.piped = false;
    this.#top.pipelineStart = this.events.length;
  }

  #endList(): void {
    this.#finishPipeline();
    this.#top.clearList(this.events.length);
    if (this.#frames.length === 0) this.#statementStart = -1;
  }

  #endLine(): void {
    this.#firstOfLine = this.events.length;
    if (this.text.startsWith('\uFEFF') && !this.#broken) this.#doubt = false;
  }

  /** A syntax error: shells read a line before they run it, and nothing after the error. */
  #break(from: number): void {
    for (let index = from; !this.#broken && index < this.events.length; index++) {
      const event = this.events[index];
      if (event !== undefined) event.conditional = true;
    }
    this.#broken = true;
  }

  /** Everything since the event `start` turns out to run in a process of its own. */
  #scopeFrom(start: number): void {
    const runs = this.#scopedRuns;
    const last = this.events.length - 1;
    if (last < start) return;
    let index = last;
    for (;;) {
      if (runs.at(-1) === index) {
        runs.pop();
        index = (runs.pop() ?? 0) - 1;
      } else if (index >= start) {
        const event = this.events[index];
        if (event !== undefined) event.scoped = true;
        index--;
      } else {
        break;
      }
    }
    runs.push(index + 1, last);
  }
}

function addWord(word: ShellWord, plain: string, frame: Frame, dialect: PosixDialect): void {
  if (frame.name !== null) {
    if (frame.keepsArguments) frame.args.push(word);
  } else if (word.equals > 0 && !frame.modified) {
    frame.assignments.push(word);
  } else if (isModifier(plain, dialect)) {
    frame.modified = true;
    // zsh's `command` runs programs only.
    frame.doubtful ||= plain === 'command' && dialect === 'zsh';
  } else if (!frame.modified || !/^-[^vV]*$/.test(word.text)) {
    frame.name = word;
    frame.keepsArguments = !word.computed && readsArguments(word.text);
  }
}

function isModifier(word: string, dialect: PosixDialect): boolean {
  if (word === 'command' || word === 'builtin') return true;
  return dialect === 'zsh' && (word === 'noglob' || word === 'nocorrect' || word === '-');
}

/** Whether a command may not run because its redirection fails. */
function mayFail(word: ShellWord): boolean {
  if (word.redirect.startsWith('<<')) return false;
  if (!word.computed && word.text === '/dev/null') return false;
  const copies = word.redirect === '>&' || word.redirect === '<&';
  return !(copies && !word.computed && /^[0-9-]+$/.test(word.text));
}
