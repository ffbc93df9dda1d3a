import type { Mode } from '../core/context.ts';
import { joinPath } from '../core/paths.ts';

/** A made-up machine as a recording describes it; see e2e/worlds/README.md. */
export interface World {
  readonly mode?: Mode;
  readonly version?: string;
  /** The shell's environment, beside `HOME` and `PATH`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Path → content; an object is written as JSON. */
  readonly files?: Readonly<Record<string, unknown>>;
  /** Path below the folder of managed settings → content. */
  readonly managed?: Readonly<Record<string, unknown>>;
  /** `$PROJ` unless said. */
  readonly cwd?: string;
  readonly args?: readonly string[];
  /** Whether the start folder is trusted, beside what the files say. */
  readonly trusted?: boolean;
}

/** A world and the answer that it must get. */
export interface RecordedWorld extends World {
  readonly id: string;
  readonly mode: Mode;
  readonly version: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

/**
 * While the worlds were recorded a server on this machine stood in for every provider; with these addresses a world is what
 * it was then.
 */
export const RECORDING_SERVER: Readonly<Record<string, string>> = Object.fromEntries(
  ['', '_BEDROCK', '_BEDROCK_MANTLE', '_VERTEX', '_AWS', '_FOUNDRY'].map((provider) => [
    `ANTHROPIC${provider}_BASE_URL`,
    'http://127.0.0.1:9',
  ]),
);

/** Where a world is put, and when. POSIX. */
export interface WorldPlace {
  /** Absolute, no link on the way; so is `project`. */
  readonly home: string;
  readonly project: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A world with nothing left to replace. */
export interface SettledWorld {
  readonly variables: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly args: readonly string[];
  /** Absolute path → text. */
  readonly files: ReadonlyMap<string, string>;
  /** Path below the folder of managed settings → text. */
  readonly managed: ReadonlyMap<string, string>;
}

/** @throws {Error} when the world cannot be laid: a path that is neither in the home nor in the project, say */
export function settleWorld(world: World, place: WorldPlace): SettledWorld {
  const { env = {}, files = {}, managed = {}, cwd = '$PROJ', args = [], trusted = false } = world;
  const fill = (text: string): string => filled(text, place);
  const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]));
  const folder = placed(cwd, place);
  const settled = new Map(
    Object.entries(files).map(([path, content]) => [placed(path, place), textOf(content, place)]),
  );
  if (trusted) trust(settled, folder, place.home, variables['CLAUDE_CONFIG_DIR']);
  return {
    variables: { HOME: place.home, ...variables },
    folder,
    args: args.map(fill),
    files: settled,
    managed: new Map(Object.entries(managed).map(([path, content]) => [path, textOf(content, place)])),
  };
}

function placed(path: string, { home, project }: WorldPlace): string {
  const [first, ...rest] = path.split('/');
  if (first === '~') return [home, ...rest].join('/');
  if (first === '$PROJ') return [project, ...rest].join('/');
  throw new Error(`${JSON.stringify(path)} lies neither in the home (~) nor in the project ($PROJ)`);
}

function textOf(content: unknown, place: WorldPlace): string {
  if (typeof content === 'string') return filled(content, place);
  const inJson = (path: string): string => JSON.stringify(path).slice(1, -1);
  return filled(JSON.stringify(content), {
    ...place,
    home: inJson(place.home),
    project: inJson(place.project),
  });
}

function filled(text: string, { home, project, now }: WorldPlace): string {
  return text
    .replace(/\$HOME_DIR(?!\w)/g, () => home)
    .replace(/\$PROJ(?!\w)/g, () => project)
    .replace(/"\$NOW_(MS|S)([+-]\d+)?"/g, (_, unit: string, offset: string | undefined) =>
      String((unit === 'MS' ? now : Math.floor(now / 1000)) + Number(offset ?? 0)),
    );
}

/** Notes the trust where Claude Code would: in the `.claude.json` that counts. */
function trust(
  files: Map<string, string>,
  folder: string,
  home: string,
  configVariable: string | undefined,
): void {
  const configFolder =
    configVariable === undefined ? `${home}/.claude` : joinPath('posix', folder, configVariable);
  const moved = configVariable === undefined || configVariable === '' ? home : configFolder;
  const former = joinPath('posix', configFolder, '.config.json');
  const path = files.has(former) ? former : joinPath('posix', moved, '.claude.json');
  files.set(path, withTrust(files.get(path) ?? '{}', folder, path));
}

function withTrust(text: string, folder: string, path: string): string {
  const content = asRecord(parsed(text), path);
  const projects = asRecord(content['projects'] ?? {}, path);
  const project = asRecord(projects[folder] ?? {}, path);
  return JSON.stringify({
    ...content,
    projects: { ...projects, [folder]: { ...project, hasTrustDialogAccepted: true } },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function asRecord(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`no trust can be noted in ${path}`);
  }
  return value as Readonly<Record<string, unknown>>;
}
