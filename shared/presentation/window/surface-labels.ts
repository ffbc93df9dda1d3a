import type { Surface } from '../../core/context.ts';

/** From where Claude Code is started, as a label. */
export const SURFACE_LABELS: Readonly<Record<Surface, string>> = {
  terminal: 'Terminal',
  desktop: 'Desktop launcher',
  vscode: 'VS Code',
  scheduled: 'Scheduled',
  container: 'Container',
};
