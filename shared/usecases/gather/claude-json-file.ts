import type { ClaudeJsonFacts } from '../../core/facts.ts';
import { joinPath, type PathStyle } from '../../core/paths.ts';
import { EMPTY_CLAUDE_JSON, parseClaudeJson, type ClaudeJsonContent } from '../../core/stores/claude-json.ts';
import { parseOnce } from '../parse-once.ts';
import { isPassedOver, type FilePass } from './file-pass.ts';

export interface ClaudeJsonReading {
  readonly facts: ClaudeJsonFacts;
  readonly content: ClaudeJsonContent;
  readonly realPath: string | null;
}

/**
 * Reads the `.claude.json` in force: `.config.json` in the configuration folder comes first if it is there; else
 * `.claude.json` in the home folder, or in `CLAUDE_CONFIG_DIR` when that is set and not empty (observed).
 */
export function readClaudeJson(
  pass: FilePass,
  style: PathStyle,
  home: string,
  configFolder: string,
  configVariable: string | undefined,
): ClaudeJsonReading {
  const usual = joinPath(
    style,
    configVariable === undefined || configVariable === '' ? home : configFolder,
    '.claude.json',
  );
  const rival = joinPath(style, configFolder, '.config.json');
  const rivalThere = isRivalThere(pass, rival);
  const path = rivalThere ? rival : usual;
  const reading = pass.read(path);
  const shadowedPath = rivalThere && pass.exists(usual) ? usual : null;
  if (reading.state !== 'read') {
    return {
      facts: { path, state: reading.state, account: null, shadowedPath },
      content: EMPTY_CLAUDE_JSON,
      realPath: null,
    };
  }
  const content = parseOnce(reading, parseClaudeJson);
  return {
    facts: {
      path,
      state: content === null ? 'malformed' : 'read',
      account: content?.account ?? null,
      shadowedPath,
    },
    content: content ?? EMPTY_CLAUDE_JSON,
    realPath: reading.realPath === path ? null : reading.realPath,
  };
}

/** An empty file, and a folder of that name, do not count; white space does (measured). */
function isRivalThere(pass: FilePass, path: string): boolean {
  const reading = pass.read(path);
  if (reading.state === 'read') return reading.text !== '';
  return reading.state !== 'absent' && !isPassedOver(pass, path, reading.state);
}
