import { SURFACE_MODES, type ClaudeCodeVersion, type Surface } from '../../core/context.ts';
import { NEWEST_RECORDED } from '../../core/rules/versions.ts';
import type { SourceId } from '../../core/source-id.ts';
import type { Ports } from '../../ports/ports.ts';
import { choices } from '../changes/choices.ts';
import { cachingFileStore } from '../caching-file-store.ts';
import { findClaudeCode } from '../find-claude-code.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import type { GatherRequest } from '../gather/gather-request.ts';
import { inspect, type Inspection } from '../inspect.ts';
import type { AskVersion } from './claude-version.ts';
import { faultExcerpt, type FaultExcerpt } from './fault-excerpt.ts';
import { matrix, type Matrix } from '../matrix.ts';
import { notingFileStore, type NotedPaths } from '../noting-file-store.ts';

/** One look at a folder from one surface, in every mode that surface can run. */
export interface Look {
  readonly inspections: readonly Inspection[];
  readonly claudeCode: ClaudeCodeVersion;
  /** `null` unless it was asked for. */
  readonly matrix: Matrix | null;
  /** Of a settings file that is dropped. */
  readonly fault: FaultExcerpt | null;
  /** The sources that a person can choose between. */
  readonly choices: readonly SourceId[];
  readonly paths: NotedPaths;
  /** What the login shell’s answer depends on. */
  readonly shellFiles: ReadonlySet<string>;
}

/** Reads everything once, without running any helper, and draws every conclusion. */
export async function lookAt(
  ports: Ports,
  folder: string,
  surface: Surface,
  withMatrix: boolean,
  askVersion: AskVersion,
): Promise<Look> {
  const noted = notingFileStore(cachingFileStore(ports.files));
  const own: Ports = { ...ports, files: noted.files };
  const claudeCode = await versionOf(own, askVersion);
  const request = lookRequest(folder, surface, claudeCode, withMatrix);
  const facts = await gatherFacts(own, request);
  return {
    inspections: SURFACE_MODES[surface].map((mode) => inspect(facts, { mode, claudeCode })),
    claudeCode,
    choices: choices(facts, claudeCode),
    matrix: withMatrix ? await matrix(own, request, claudeCode) : null,
    fault: faultExcerpt(facts.settingsFiles, own.files),
    paths: noted,
    shellFiles: new Set(facts.shellFiles),
  };
}

/** As somebody would open a terminal, or start Claude Code from another surface, next. */
export function lookRequest(
  folder: string,
  surface: Surface,
  { version }: ClaudeCodeVersion,
  withMatrix: boolean,
): GatherRequest {
  return {
    folder,
    surface,
    mode: 'interactive',
    version,
    settingsFlag: null,
    settingSources: null,
    restricted: false,
    terminal: 'next',
    askShell: true,
    askSession: surface === 'desktop' || surface === 'vscode' || withMatrix,
    runHelper: false,
    brief: false,
  };
}

/** As installed, else as the program itself says, else the newest that the rules know. */
async function versionOf(ports: Ports, askVersion: AskVersion): Promise<ClaudeCodeVersion> {
  const installed = findClaudeCode(ports);
  // A folder of the search path that is relative may belong to a stranger’s repository.
  const mayAsk = installed !== null && /^(\/|[A-Za-z]:\\)/.test(installed.path);
  const version = installed?.version ?? (mayAsk ? await askVersion(ports, installed) : null);
  return version === null ? { version: NEWEST_RECORDED, from: 'assumed' } : { version, from: 'installed' };
}
