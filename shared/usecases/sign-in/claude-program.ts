import { pathStyle } from '../../core/known-folders.ts';
import { ancestors, isAbsolute, joinPath, parentFolder } from '../../core/paths.ts';
import type { PathFacts } from '../../ports/file-store.ts';
import type { Ports } from '../../ports/ports.ts';
import { claudeOnSearchPath, workingFolder } from '../claude-on-search-path.ts';
import { versionOfClaude } from '../find-claude-code.ts';
import { stepsOfPath } from '../steps-of-path.ts';

type Reach = Pick<Ports, 'environment' | 'files'>;

/** Why a file is not started as Claude Code. */
export const CLAUDE_TROUBLES = [
  'not-found',
  /** Found by an entry of the search path that means wherever somebody stands, or chosen by such a path. */
  'not-absolute',
  /** In the folder that somebody works in, where it may be a stranger’s. */
  'in-working-folder',
  /** The file, or a folder on the way to it, links and all, may be changed by everybody. */
  'writable-by-others',
  /** The file, or a folder or a link on the way to it, belongs neither to this user nor to the system. */
  'foreign-owner',
  'not-executable',
  /** The name leads to something else, as to the launcher of a version manager, which goes by the name it is called with. */
  'another-program',
] as const;
export type ClaudeTrouble = (typeof CLAUDE_TROUBLES)[number];

export interface PassedOverClaude {
  readonly path: string;
  readonly why: ClaudeTrouble;
}

export interface ClaudeProgram {
  /** As found or chosen. */
  readonly path: string;
  /** What is started and shown: no link on the way, so that none can be led elsewhere meanwhile. */
  readonly realPath: string;
  /** What its package or folder says; `null`: nothing does. */
  readonly version: string | null;
}

export type RightClaude =
  | {
      readonly ok: true;
      readonly program: ClaudeProgram;
      /** Others that stand before it on the search path. */
      readonly passedOver: readonly PassedOverClaude[];
    }
  | {
      readonly ok: false;
      readonly why: ClaudeTrouble;
      /** `null`: there is none at all. */
      readonly path: string | null;
      readonly passedOver: readonly PassedOverClaude[];
    };

/**
 * The `claude` that may be started to sign in: the one that the user chose, else the first of the search path that nobody but this
 * user and the system can have put there. Nothing is run.
 *
 * That a file is the unmodified program cannot be known this way: an installation keeps no signature or digest of its files that
 * could be compared offline, and what a package says of itself anybody can write who may write the package. What can be known is
 * who may have: hence the rules about owners and modes. A group may write: on most systems it is the user’s own, and with Homebrew
 * that of the administrators.
 *
 * @param chosen absolute path
 * @param folders further folders that somebody works in, beside the one this was started in
 */
export function rightClaude(
  ports: Reach,
  chosen: string | null,
  folders: readonly string[] = [],
): RightClaude {
  const { environment, files } = ports;
  const style = pathStyle(environment.platform);
  const windows = environment.platform === 'win32';
  const places = placesOfWork();
  const passedOver: PassedOverClaude[] = [];

  if (chosen !== null) {
    const outcome = isAbsolute(chosen, style) ? judge(chosen) : 'not-absolute';
    return typeof outcome === 'string'
      ? { ok: false, why: outcome, path: chosen, passedOver }
      : { ok: true, program: outcome, passedOver };
  }
  for (const { entry, path } of claudeOnSearchPath(ports)) {
    const outcome = isAbsolute(entry, style) ? judge(path) : 'not-absolute';
    if (typeof outcome !== 'string') return { ok: true, program: outcome, passedOver };
    passedOver.push({ path, why: outcome });
  }
  const [first] = passedOver;
  return { ok: false, why: first?.why ?? 'not-found', path: first?.path ?? null, passedOver };

  function judge(found: string): ClaudeProgram | ClaudeTrouble {
    const path = windows ? behindScript(found) : found;
    if (path === null) return 'not-executable';
    const facts = files.inspect(path);
    if (facts?.kind !== 'file') return 'not-found';
    const realPath = files.realPath(path);
    if (!windows) {
      const trouble = troubleWith(facts) ?? troubleOnTheWay(path) ?? troubleOnTheWay(realPath);
      if (trouble !== null) return trouble;
      if ((facts.mode & EXECUTABLE) === 0) return 'not-executable';
    }
    const ends = [files.realPath(parentFolder(path, style)), parentFolder(realPath, style)];
    if (ends.some(isAtWork) || (!windows && isLedThroughWork(path))) return 'in-working-folder';
    if (!/claude/i.test(realPath)) return 'another-program';
    return { path, realPath, version: versionOfClaude(ports, realPath) };
  }

  /** npm puts a script beside the package for Windows’ shell, and only the program itself can be started without one. */
  function behindScript(found: string): string | null {
    if (/\.exe$/i.test(found)) return found;
    const program = joinPath(style, parentFolder(found, style), NPM_PROGRAM);
    return files.inspect(program)?.kind === 'file' ? program : null;
  }

  /**
   * Every folder in which a name is looked up, and every link: who may write one of them can put another file in the place of what is
   * behind it. In a folder like /tmp nobody can move what belongs to somebody else, so there it goes by that; but anybody can put
   * a new file there, so neither the file nor a link in its place may lie there.
   */
  function troubleOnTheWay(path: string): ClaudeTrouble | null {
    const steps = stepsOfPath(files, path);
    if (steps === null) return 'not-found';
    for (const { folder, link, isLast } of steps) {
      const facts = files.inspect(folder);
      if (facts === null) return 'not-found';
      const trouble = troubleWith(facts, !isLast) ?? (link === null ? null : troubleWithOwner(link));
      if (trouble !== null) return trouble;
    }
    return null;
  }

  /** What a project brings with it may lead through it: its links are as much a stranger’s as its files. */
  function isLedThroughWork(path: string): boolean {
    const steps = stepsOfPath(files, path) ?? [];
    return steps.some(({ folder, isLast }) =>
      places.some(({ root, below }) => (isLast && folder === root) || (below && isInside(folder, root))),
    );
  }

  function troubleWithOwner({ ownerId }: Pick<PathFacts, 'ownerId'>): ClaudeTrouble | null {
    const isForeign = ownerId !== SYSTEM && environment.userId !== null && ownerId !== environment.userId;
    return isForeign ? 'foreign-owner' : null;
  }

  function troubleWith(facts: PathFacts, mayBeSticky = false): ClaudeTrouble | null {
    const { mode } = facts;
    const foreign = troubleWithOwner(facts);
    if (foreign !== null) return foreign;
    const isSticky = mayBeSticky && (mode & STICKY) !== 0;
    return (mode & WRITABLE_BY_ALL) !== 0 && !isSticky ? 'writable-by-others' : null;
  }

  function isAtWork(folder: string): boolean {
    return places.some(({ root, below }) => folder === root || (below && isInside(folder, root)));
  }

  /** The repository around each. Of the home, and of what is above it, only itself: all that a user has is below it. */
  function placesOfWork(): readonly { readonly root: string; readonly below: boolean }[] {
    const home = environment.home === null ? null : files.realPath(environment.home);
    const above = home === null ? [] : ancestors(home, style);
    const started = workingFolder(environment);
    return [...(started === null ? [] : [started]), ...folders].map((folder) => {
      const real = files.realPath(folder);
      if (above.includes(real)) return { root: real, below: false };
      const root = ancestors(real, style)
        .filter((one) => !above.includes(one))
        .find((one) => files.inspect(joinPath(style, one, '.git')) !== null);
      return { root: root ?? real, below: true };
    });
  }

  function isInside(folder: string, root: string): boolean {
    return ancestors(folder, style).includes(root);
  }
}

const EXECUTABLE = 0o111;
const WRITABLE_BY_ALL = 0o002;
const STICKY = 0o1000;
const SYSTEM = 0;
/** Measured with the package of 2.1.328. */
const NPM_PROGRAM = 'node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe';
