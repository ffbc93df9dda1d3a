export const MODES = ['interactive', 'print', 'bare'] as const;
/** `print` is `-p`; `bare` is `-p --bare`. */
export type Mode = (typeof MODES)[number];

export const SURFACES = ['terminal', 'desktop', 'vscode', 'scheduled', 'container'] as const;
/** From where Claude Code is started: it decides which environment it inherits. */
export type Surface = (typeof SURFACES)[number];

export interface ClaudeCodeVersion {
  /** Dotted numbers, as `claude --version` prints them: `2.1.328`. */
  readonly version: string;
  readonly from: 'installed' | 'flag' | 'assumed';
}

/** What the question is asked for, beside the folder and the surface, which belong to the facts. */
export interface Context {
  readonly mode: Mode;
  readonly claudeCode: ClaudeCodeVersion;
}
