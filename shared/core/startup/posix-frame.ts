import type { ShellWord } from './shell-word.ts';

export type FrameKind = 'file' | 'if' | 'loop' | 'case' | 'braces' | 'subshell' | 'substitution';

/** How far a compound command has come. Commands are read in its condition and in its body. */
export type Stage = 'head' | 'before body' | 'pattern' | 'condition' | 'body';

/** The commands between two words such as `then` and `fi`, or the whole file. */
export class Frame {
  readonly kind: FrameKind;
  /** What is in here may not run. */
  readonly conditional: boolean;
  /** What is in here runs in a process of its own. */
  readonly scoped: boolean;
  /** The names that the function around it has made local; null outside of functions. */
  readonly locals: Set<string> | null;
  /** It may not run when the function around it does. */
  readonly choiceInFunction: boolean;
  /** The name of the function whose body it is; null for anything else. */
  readonly definesFunction: string | null;
  /** How many events there were when it began. */
  readonly firstEvent: number;
  stage: Stage;
  /** Its closing brace ends the `if` or loop around it, too (zsh, and bash's `for x; { … }`). */
  closesParent = false;
  /** An `if` closed by a brace may go on with `else`. */
  afterShortIf = false;
  /** Words read in the head of a loop or case, or in a pattern. */
  headWords = 0;

  // The list of commands that is being read:
  listConditional = false;
  listStart: number;
  pipelineStart: number;
  /** How many names were local when the list began, and when the pipeline did. */
  listLocals: number;
  pipelineLocals: number;
  piped = false;
  /** After `&&`, `||` or `|` a newline does not end the list. */
  goesOn = false;

  // The command that is being read:
  started = false;
  /** Behind `fi`, `}` and their like, where no further word may stand. */
  afterCompound = false;
  /** Behind the body of a function in zsh, where arguments may stand. */
  afterFunction = false;
  /** Inside `[[ … ]]`. */
  brackets = false;
  /** Behind `function`, then behind the name, until the body begins. */
  functionNext: 'no' | 'name' | 'body' = 'no';
  functionName = '';
  /** A redirection may fail, and the command with it. */
  doubtful = false;
  /** Behind `command`, `builtin` and their like. */
  modified = false;
  line = 0;
  assignments: ShellWord[] = [];
  name: ShellWord | null = null;
  args: ShellWord[] = [];
  keepsArguments = false;

  constructor(kind: FrameKind, stage: Stage, parent: Frame | null, events: number) {
    const isFunction = kind !== 'substitution' && parent?.functionNext === 'body';
    const isChoice = kind === 'if' || kind === 'loop' || kind === 'case';
    const behindCondition = isChoice || (parent?.listConditional ?? false);
    this.kind = kind;
    this.stage = stage;
    this.conditional = isFunction || behindCondition || (parent?.conditional ?? false);
    this.scoped = kind === 'subshell' || kind === 'substitution' || (parent?.scoped ?? false);
    this.locals = isFunction ? new Set() : (parent?.locals ?? null);
    this.choiceInFunction = !isFunction && (behindCondition || (parent?.choiceInFunction ?? false));
    this.definesFunction = isFunction ? parent.functionName : null;
    this.firstEvent = events;
    this.listStart = events;
    this.pipelineStart = events;
    this.listLocals = this.locals?.size ?? 0;
    this.pipelineLocals = this.listLocals;
  }

  startCommand(line: number): void {
    if (this.started) return;
    this.started = true;
    this.line = line;
  }

  clearCommand(): void {
    this.goesOn = false;
    this.afterCompound = false;
    this.afterFunction = false;
    this.functionNext = 'no';
    this.doubtful = false;
    if (!this.started) return;
    this.started = false;
    this.modified = false;
    this.keepsArguments = false;
    this.name = null;
    if (this.assignments.length > 0) this.assignments = [];
    if (this.args.length > 0) this.args = [];
  }

  clearList(events: number): void {
    this.listConditional = false;
    this.afterShortIf = false;
    this.listStart = events;
    this.listLocals = this.locals?.size ?? 0;
    this.startPipeline(events);
  }

  startPipeline(events: number): void {
    this.piped = false;
    this.pipelineStart = events;
    this.pipelineLocals = this.locals?.size ?? 0;
  }

  /** Forgets what a part of the function that turns out to run in a process of its own has made local. */
  forgetLocals(since: number): void {
    if (this.locals === null || this.locals.size <= since) return;
    for (const name of [...this.locals].slice(since)) this.locals.delete(name);
  }
}
