import type { Place } from '../../core/facts.ts';
import type { PathStyle } from '../../core/paths.ts';
import { isWatched, WATCHED } from '../../core/sources/index.ts';
import type { Flaw } from '../../core/reading.ts';
import type { Ports } from '../../ports/ports.ts';
import { askLoginShell, type ShellAnswer } from './ask-login-shell.ts';
import { isInsideEditor, type Surroundings } from './base-layer.ts';
import { readEditorLines } from './editor-lines.ts';
import type { LineGroup } from './elsewhere.ts';
import type { FilePass } from './file-pass.ts';
import { readFolderLines } from './folder-lines.ts';
import type { FoundLine } from './found-line.ts';
import type { GatherRequest } from './gather-request.ts';
import type { SecretSink } from './secret-sink.ts';
import { readSessionLines, type SessionLines } from './session-lines.ts';
import { readStartupLines, type ShellLines } from './startup-lines.ts';

export interface LookedAround extends Surroundings {
  readonly groups: readonly LineGroup[];
  readonly shell: ShellAnswer['state'];
  /** Every file of the login shell that was there: its answer holds until one of them changes. */
  readonly shellFiles: readonly string[];
}

const NOTHING: LookedAround = {
  session: { login: [], desktop: [], unread: [] },
  asked: [],
  editor: { extension: [], terminal: [] },
  next: null,
  groups: [],
  shell: 'not-asked',
  shellFiles: [],
};

/** Looks at all places outside Claude Code’s own files where a variable may be set, without running any of them. */
export async function lookAround(
  ports: Ports,
  pass: FilePass,
  style: PathStyle,
  request: GatherRequest,
  folders: Pick<Place, 'folder' | 'repositoryRoot' | 'home'>,
  sink: SecretSink,
): Promise<LookedAround> {
  if (request.brief && request.surface === 'terminal') return NOTHING;
  const { environment } = ports;
  const session = readSessionLines(pass, environment, sink);
  const editor = readEditorLines(pass, style, environment, sink);
  const shells = readStartupLines(pass, style, environment, sink);
  const files = readFolderLines(pass, style, folders, sink);
  const asked = await ports.session.read([...WATCHED.keys()], request.askSession);
  const answer = request.askShell
    ? await askLoginShell(ports, [...WATCHED.keys()].filter(isWatched), session.login)
    : { state: 'not-asked' as const, lines: [] };
  const here = request.surface === 'terminal' || request.surface === 'container';
  const other: Flaw = 'other-surface';
  const login = shells.find(({ isLoginShell }) => isLoginShell);
  return {
    session,
    editor,
    asked,
    next: request.terminal === 'next' ? nextTerminal(answer, shells, session) : null,
    shell: answer.state,
    shellFiles: login?.files ?? [],
    groups: [
      ...shells.map(({ isLoginShell, lines }): LineGroup => shellGroup(lines, isLoginShell, here, answer)),
      {
        lines: answered(answer, shells, session),
        flaw: here ? 'not-in-this-process' : other,
        feedsProcess: true,
      },
      { lines: session.login, flaw: here ? 'not-in-this-process' : other, feedsProcess: true },
      { lines: session.desktop, flaw: here ? 'not-in-this-process' : other, feedsProcess: true },
      { lines: editor.terminal, flaw: other, feedsProcess: isInsideEditor(environment) },
      { lines: editor.extension, flaw: other, feedsProcess: false },
      { lines: session.unread, flaw: 'not-read', feedsProcess: false },
      { lines: files, flaw: 'not-read', feedsProcess: true },
    ],
  };
}

/** What the next terminal will have: the login shell’s answer, else what its files and the session say without being run. */
function nextTerminal(
  answer: ShellAnswer,
  shells: readonly ShellLines[],
  session: SessionLines,
): readonly FoundLine[] {
  if (answer.state === 'answered') return answered(answer, shells, session);
  return [...session.login, ...(shells.find(({ isLoginShell }) => isLoginShell)?.lines ?? [])];
}

/**
 * Start-up files of shells that are not the login shell explain values, but promise none. Once the login shell itself has
 * answered, its files do not either: the answer does.
 */
function shellGroup(
  lines: readonly FoundLine[],
  isLoginShell: boolean,
  here: boolean,
  answer: ShellAnswer,
): LineGroup {
  if (!here) return { lines: isLoginShell ? lines : [], flaw: 'other-surface', feedsProcess: false };
  if (!isLoginShell) return { lines, flaw: 'other-shell', feedsProcess: true };
  return { lines: answer.state === 'answered' ? [] : lines, flaw: 'not-in-this-process', feedsProcess: true };
}

/** The shell's own answer, with the line that probably gave it. */
function answered(
  answer: ShellAnswer,
  shells: readonly ShellLines[],
  session: SessionLines,
): readonly FoundLine[] {
  const login = [...session.login, ...(shells.find(({ isLoginShell }) => isLoginShell)?.lines ?? [])];
  return answer.lines.map((line) => {
    const named = login.filter(({ name }) => name === line.name);
    const place =
      named.findLast(({ text }) => text === line.text) ?? named.findLast(({ text }) => text === null);
    return place === undefined ? line : { ...line, origin: place.origin };
  });
}
