import type { WantedNames } from './assignment.ts';
import type { PosixDialect } from './posix-command-place.ts';
import { readsArguments } from './posix-commands.ts';
import type { Frame } from './posix-frame.ts';
import { PosixStructure } from './posix-structure.ts';
import type { ShellEvent } from './shell-events.ts';
import type { ShellWord } from './shell-word.ts';
import { ShellWords } from './shell-words.ts';
import type { StatementNotes } from './statement-notes.ts';

export interface PosixStatements {
  readonly events: readonly ShellEvent[];
  /** False after a syntax error; what stands behind it may not run, and is conditional. */
  readonly wellFormed: boolean;
}

/**
 * What the statements of a shell script would do to the wanted variables, in order.
 *
 * @param text with Unix line ends
 * @param notes told where statements and comments stand
 */
export function readPosixStatements(
  text: string,
  wanted: WantedNames,
  dialect: PosixDialect,
  notes: StatementNotes | null = null,
): PosixStatements {
  const words = new ShellWords(text, dialect === 'zsh', notes?.comments);
  const structure = new PosixStructure(words, wanted, dialect);
  new StatementReader(words, structure, notes).read();
  return { events: structure.log.events, wellFormed: !structure.broken };
}

/** In place of the number of words in the head: `repeat` has one word, and no variable. */
const REPEAT = -2;

class StatementReader {
  readonly #words: ShellWords;
  readonly #structure: PosixStructure;
  readonly #notes: StatementNotes | null;

  constructor(words: ShellWords, structure: PosixStructure, notes: StatementNotes | null) {
    this.#words = words;
    this.#structure = structure;
    this.#notes = notes;
  }

  read(): void {
    const structure = this.#structure;
    while (!structure.left) {
      const { started, brackets, stage } = structure.top;
      const token = this.#words.next(started || brackets || stage === 'head' || stage === 'pattern');
      if (token === '') {
        structure.endList();
        if (!structure.closeSubstitution()) break;
      } else if (typeof token === 'string') {
        this.#operator(token, structure.top);
      } else {
        if (structure.statementStart < 0) structure.statementStart = token.start;
        this.#word(token);
      }
    }
    structure.endText();
    if (this.#notes !== null) this.#notes.end = this.#words.offset;
  }

  #operator(operator: string, frame: Frame): void {
    if (operator === '$(') this.#structure.push('substitution', 'body');
    else if (frame.brackets) return;
    else if (frame.stage === 'body' || frame.stage === 'condition') this.#listOperator(operator, frame);
    else if (frame.kind === 'loop' && /[\n;]/.test(operator)) frame.stage = 'before body';
    else if (frame.stage === 'pattern' && operator === ')') this.#structure.enter('body');
  }

  #listOperator(operator: string, frame: Frame): void {
    const structure = this.#structure;
    switch (operator) {
      case '\n':
        if (!frame.started && (frame.functionNext !== 'no' || (frame.goesOn && !frame.afterCompound))) return;
        structure.endLine();
        if (structure.isTopLevel && !structure.broken) this.#notes?.starts.push(this.#words.offset);
        break;
      case ';':
        structure.endList();
        break;
      case '&':
        structure.startJob();
        break;
      case '&&':
      case '||':
        structure.finishPipeline();
        frame.listConditional = true;
        frame.goesOn = true;
        break;
      case '|':
      case '|&':
        structure.pipe();
        break;
      case '(':
        if (frame.afterCompound) structure.break();
        structure.push('subshell', 'body');
        break;
      case ')':
        structure.closeParenthesis();
        break;
      case '()':
        if (frame.functionNext === 'no') frame.functionName = frame.name?.text ?? '';
        frame.clearCommand();
        frame.functionNext = 'body';
        break;
      default: // `;;` and its relatives
        structure.endList();
        if (frame.kind === 'case') structure.enter('pattern');
        else structure.break();
    }
  }

  #word(word: ShellWord): void {
    const frame = this.#structure.top;
    for (const { name, value } of word.defaults) {
      if (!this.#structure.wanted(name)) continue;
      if (!frame.started) frame.line = word.line;
      const scoped = frame.locals?.has(name) ?? false;
      this.#structure.emit({ action: 'set', name, value, conditional: true, scoped });
    }
    if (frame.brackets) {
      frame.brackets = word.quoted || word.text !== ']]';
      frame.afterCompound = !frame.brackets;
    } else if (word.redirect !== '') {
      frame.doubtful ||= mayFail(word);
    } else if (frame.stage === 'body' || frame.stage === 'condition') {
      this.#commandWord(word, plainText(word), frame);
    } else {
      this.#headWord(word, plainText(word), frame);
    }
  }

  #headWord(word: ShellWord, plain: string, frame: Frame): void {
    const structure = this.#structure;
    const parenthesised = structure.text.charAt(word.start) === '(';
    frame.headWords++;
    if (frame.stage === 'before body') {
      if (plain === 'do') structure.enter('body');
      else if (plain === '{') structure.pushShortBody();
      else this.#shortFormWord(word);
    } else if (frame.stage === 'pattern') {
      // `(a|b)` with both parentheses; in front of further text it is a part of a pattern of zsh.
      const closed = parenthesised && structure.text.charAt(word.end - 1) === ')';
      if (frame.headWords === 1 && plain === 'esac') structure.pop();
      else if (closed && /\s/.test(structure.text.charAt(word.end))) structure.enter('body');
    } else if (frame.kind === 'case') {
      if (frame.headWords > 1 && (plain === 'in' || plain === '{')) structure.enter('pattern');
    } else {
      if (frame.headWords === 1 && structure.wanted(plain)) {
        frame.line = word.line;
        structure.emit({ action: 'set', name: plain });
      }
      if (frame.headWords === 2 && plain === 'do') structure.enter('body');
      else if (parenthesised || frame.headWords === REPEAT + 1) frame.stage = 'before body';
    }
  }

  /** zsh: `if [[ … ]] command` and `for x (…) command` end with the command; other shells refuse that. */
  #shortFormWord(word: ShellWord): void {
    const structure = this.#structure;
    if (structure.dialect !== 'zsh') structure.break();
    structure.pop();
    structure.top.afterCompound = false;
    structure.top.listConditional = true;
    this.#word(word);
  }

  #commandWord(word: ShellWord, plain: string, frame: Frame): void {
    const structure = this.#structure;
    frame.goesOn = false;
    if (frame.functionNext === 'name') {
      frame.functionName = plain === '{' ? frame.functionName : word.text;
      if (plain !== '{') return;
      frame.functionNext = 'body';
      structure.push('braces', 'body');
    } else if (!frame.started && plain !== '' && this.#reserved(plain, frame)) {
      return;
    } else if (frame.afterFunction) {
      return;
    } else if (frame.afterCompound && frame.stage === 'condition') {
      this.#shortFormWord(word);
    } else if (!frame.started && structure.text.startsWith('((', word.start)) {
      frame.afterCompound = true;
    } else if (plain === '}' && structure.dialect === 'zsh') {
      structure.closeBraces();
    } else {
      if (frame.afterCompound) structure.break();
      frame.afterCompound = false;
      frame.startCommand(word.line);
      addWord(word, plain, frame, structure.dialect);
    }
  }

  /** Acts on a reserved word; false when the word is none here. */
  #reserved(word: string, frame: Frame): boolean {
    const structure = this.#structure;
    switch (word) {
      case 'then':
        structure.move('if', 'condition', 'body');
        return true;
      case 'elif':
        if (frame.afterShortIf) structure.push('if', 'condition');
        else structure.move('if', 'body', 'condition');
        return true;
      case 'else':
        if (!frame.afterShortIf) {
          structure.move('if', 'body', 'body');
        } else {
          frame.afterCompound = false;
          frame.listConditional = true;
        }
        return true;
      case 'do':
        structure.move('loop', 'condition', 'body');
        return true;
      case 'fi':
        structure.close('if');
        return true;
      case 'done':
        structure.close('loop');
        return true;
      case 'esac':
        structure.close('case');
        return true;
      case '}':
        structure.closeBraces();
        return true;
      case 'always': // zsh: `{ … } always { … }`
        if (!frame.afterCompound) return false;
        frame.afterCompound = false;
        return true;
      case '{':
        if (!frame.afterCompound) structure.push('braces', 'body');
        else if (frame.stage === 'condition') structure.pushShortBody();
        else return false;
        return true;
      default:
        return !frame.afterCompound && this.#opening(word, frame);
    }
  }

  #opening(word: string, frame: Frame): boolean {
    const structure = this.#structure;
    switch (word) {
      case 'if':
        structure.push('if', 'condition');
        return true;
      case 'for':
      case 'select':
        structure.push('loop', 'head');
        return true;
      case 'while':
      case 'until':
        structure.push('loop', 'condition');
        return true;
      case 'case':
        structure.push('case', 'head');
        return true;
      case 'function':
        frame.functionNext = 'name';
        frame.functionName = '';
        return true;
      case '[[':
        frame.brackets = true;
        return true;
      case 'coproc':
        frame.listConditional = true;
        return true;
      case 'repeat':
        if (structure.dialect !== 'zsh') return false;
        structure.push('loop', 'head');
        structure.top.headWords = REPEAT;
        return true;
      case 'foreach':
        // Its end is a word that is no reserved word elsewhere; nobody writes it in start-up files.
        if (structure.dialect === 'zsh') structure.break();
        return false;
      default:
        return word === '!' || word === 'time';
    }
  }
}

/** The text of a word that may be a reserved one. */
function plainText(word: ShellWord): string {
  return word.quoted || word.computed ? '' : word.text;
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
