export const MODES = ['interactive', 'print', 'bare'] as const;
/** `print` is `-p`; `bare` is `-p --bare`. */
export type Mode = (typeof MODES)[number];

export const SURFACES = ['terminal', 'desktop', 'vscode', 'scheduled', 'container'] as const;
/** From where Claude Code is started: it decides which environment it inherits. */
export type Surface = (typeof SURFACES)[number];

/** The modes that a surface can run. */
export const SURFACE_MODES: Readonly<Record<Surface, readonly Mode[]>> = {
  terminal: MODES,
  desktop: ['interactive', 'print'],
  vscode: ['interactive'],
  scheduled: ['print', 'bare'],
  container: MODES,
};

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
