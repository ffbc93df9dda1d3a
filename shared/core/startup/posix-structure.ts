import type { WantedNames } from './assignment.ts';
import type { CommandPlace, NewEvent, PosixDialect } from './posix-command-place.ts';
import { readCommand } from './posix-commands.ts';
import { EventLog } from './event-log.ts';
import { Frame, type FrameKind, type Stage } from './posix-frame.ts';
import type { ShellWords } from './shell-words.ts';

/** No shell accepts more; what is deeper is not read. */
const DEEPEST = 1000;

/** How far back from a `return` the question is looked for whether somebody sits at a terminal. */
const GUARD_LENGTH = 400;
const GUARD = /\$-|\bPS1\b|\binteractive\b|-t [012]\b/;

/** How compound commands, lists and pipelines nest, and what that means for the commands in them. */
export class PosixStructure implements CommandPlace {
  readonly text: string;
  readonly wanted: WantedNames;
  readonly dialect: PosixDialect;
  readonly log = new EventLog();
  top = new Frame('file', 'body', null, 0);
  /** The file has ended before the end of the text. */
  left = false;
  /** There was a syntax error: shells run nothing behind it. */
  broken = false;
  /** Where the statement at top level began; -1 between statements. */
  statementStart = -1;
  readonly #words: ShellWords;
  /** The frames around the innermost one. */
  readonly #around: Frame[] = [];
  /** First and last event of the bodies of functions. */
  readonly #functions = new Map<string, { readonly first: number; readonly end: number }>();
  /** A `return` may have ended the file before. */
  #doubt: boolean;
  #firstOfLine = 0;

  constructor(words: ShellWords, wanted: WantedNames, dialect: PosixDialect) {
    this.text = words.text;
    this.wanted = wanted;
    this.dialect = dialect;
    this.#words = words;
    // A byte order mark makes the first command an unknown one, except where something removes it.
    this.#doubt = this.text.startsWith('\uFEFF');
  }

  get locals(): Set<string> | null {
    return this.top.locals;
  }

  get makesLocalSurely(): boolean {
    return !this.top.scoped && !this.top.choiceInFunction && !this.top.listConditional && !this.top.doubtful;
  }

  get isTopLevel(): boolean {
    return this.#around.length === 0;
  }

  emit(event: NewEvent): void {
    const { top } = this;
    const conditional =
      top.conditional ||
      top.listConditional ||
      top.doubtful ||
      top.functionNext === 'body' ||
      this.#doubt ||
      this.broken;
    this.log.events.push({
      value: null,
      pathAsWritten: null,
      exports: false,
      syntax: 'same',
      line: top.line,
      ...event,
      conditional: conditional || event.conditional === true,
      scoped: top.scoped || event.scoped === true,
    });
  }

  leave(perhaps: boolean): void {
    const { top } = this;
    if (top.scoped || top.locals !== null || top.functionNext === 'body') return;
    if (!perhaps && !top.conditional && !top.listConditional) {
      this.left = true;
      return;
    }
    const end = this.#words.offset;
    // The usual guard against scripts, at the top of files for people, puts nothing after it in doubt.
    if (!GUARD.test(this.text.slice(Math.max(this.statementStart, end - GUARD_LENGTH), end)))
      this.#doubt = true;
  }

  push(kind: FrameKind, stage: Stage): void {
    const parent = this.top;
    if (this.#around.length >= DEEPEST) {
      this.break();
      this.left = true;
      return;
    }
    this.#around.push(parent);
    this.top = new Frame(kind, stage, parent, this.log.events.length);
    if (kind !== 'substitution') parent.functionNext = 'no';
    parent.goesOn = false;
  }

  pop(): void {
    const closed = this.top;
    const parent = this.#around.pop();
    if (parent === undefined) return;
    this.top = parent;
    parent.afterCompound = true;
    if (closed.definesFunction === null) return;
    this.#functions.set(closed.definesFunction, { first: closed.firstEvent, end: this.log.events.length });
    // zsh: an anonymous function may have arguments.
    parent.afterFunction = this.dialect === 'zsh';
  }

  /** At `then`, `else` and their like. */
  move(kind: FrameKind, from: Stage, to: Stage): void {
    this.endList();
    if (this.top.kind === kind && this.top.stage === from) this.top.stage = to;
    else this.break();
  }

  /** At `fi`, `done` and `esac`. */
  close(kind: FrameKind): void {
    this.endList();
    if (this.top.kind === kind && this.top.stage === 'body') this.pop();
    else this.break();
  }

  closeBraces(): void {
    const { top } = this;
    this.endList();
    if (top.kind !== 'braces') {
      this.break();
      return;
    }
    this.pop();
    if (!top.closesParent) return;
    const isIf = this.top.kind === 'if';
    this.pop();
    this.top.afterShortIf = isIf;
  }

  /** At the `{` that stands for `then` or `do`. */
  pushShortBody(): void {
    this.endList();
    this.top.stage = 'body';
    this.push('braces', 'body');
    this.top.closesParent = true;
  }

  closeParenthesis(): void {
    this.endList();
    const isOpen = (): boolean => this.top.kind === 'subshell' || this.top.kind === 'substitution';
    if (!isOpen()) this.break();
    if (!this.top.scoped) return;
    while (!isOpen()) this.pop();
    if (this.top.kind === 'subshell') this.pop();
    else this.closeSubstitution();
  }

  /** Goes back to the word around the innermost command substitution; false when there is none. */
  closeSubstitution(): boolean {
    const around = this.#around;
    let depth = around.length;
    while (depth > 0 && (around[depth] ?? this.top).kind !== 'substitution') depth--;
    const parent = around[depth - 1];
    if (parent === undefined) return false;
    if (depth < around.length) this.break();
    around.length = depth - 1;
    this.top = parent;
    this.#words.resume();
    return true;
  }

  enter(stage: Stage): void {
    this.top.stage = stage;
    this.top.headWords = 0;
    this.top.clearList(this.log.events.length);
  }

  finishCommand(): void {
    const { top } = this;
    if (top.started) {
      // Shells disagree about what is left of `A=1 export A`.
      top.doubtful ||= top.assignments.length > 0 && top.name?.text === 'export';
      readCommand(top, this);
      const called = top.name === null || top.name.computed ? undefined : this.#functions.get(top.name.text);
      if (called !== undefined) {
        this.log.repeat(called.first, called.end, (event, copy) => {
          copy.scoped = top.scoped || (top.locals?.has(event.name) ?? false);
        });
      }
    }
    top.clearCommand();
  }

  finishPipeline(): void {
    this.finishCommand();
    if (this.top.piped) this.#scopePipeline();
    this.top.startPipeline(this.log.events.length);
  }

  /** At `|`. */
  pipe(): void {
    const { top } = this;
    this.finishCommand();
    this.#scopePipeline();
    top.startPipeline(this.log.events.length);
    // zsh runs the last part of a pipeline itself, the others run it in a process of its own.
    top.piped = this.dialect !== 'zsh';
    top.goesOn = true;
  }

  #scopePipeline(): void {
    this.log.scopeFrom(this.top.pipelineStart);
    this.top.forgetLocals(this.top.pipelineLocals);
  }

  /** At `&`. */
  startJob(): void {
    this.finishCommand();
    this.log.scopeFrom(this.top.listStart);
    this.top.forgetLocals(this.top.listLocals);
    this.endList();
  }

  endList(): void {
    this.finishPipeline();
    this.top.clearList(this.log.events.length);
    if (this.isTopLevel) this.statementStart = -1;
  }

  endLine(): void {
    this.endList();
    if (!this.isTopLevel) return;
    this.#firstOfLine = this.log.events.length;
    if (this.text.startsWith('\uFEFF')) this.#doubt = false;
  }

  /** A syntax error: shells read a line before they run it, and nothing after the error. */
  break(): void {
    if (!this.broken) this.log.doubtFrom(this.#firstOfLine);
    this.broken = true;
  }

  /** What is still open here is a syntax error, too. */
  endText(): void {
    const unclosed = this.#around.length > 1 ? this.#around[1] : this.top;
    if (this.left || this.isTopLevel || unclosed === undefined) return;
    this.log.doubtFrom(unclosed.firstEvent);
    this.broken = true;
  }
}
