import { parseTree, type Node } from 'jsonc-parser';
import { editorFolders } from '../../core/known-folders.ts';
import { joinPath, type PathStyle } from '../../core/paths.ts';
import { WATCHED } from '../../core/sources/index.ts';
import type { Environment } from '../../ports/environment.ts';
import { SETTINGS_LIMIT, type FilePass } from './file-pass.ts';
import { lineOrigin, noteSecret, type FoundLine } from './found-line.ts';
import type { SecretSink } from './secret-sink.ts';

/** What VS Code and its relatives add to the environment. */
export interface EditorLines {
  /** For the extension: `claudeCode.environmentVariables`. */
  readonly extension: readonly FoundLine[];
  /** For terminals inside the editor: `terminal.integrated.env.*`. */
  readonly terminal: readonly FoundLine[];
}

const EXTENSION = 'claudeCode.environmentVariables';
const TERMINAL = {
  linux: 'terminal.integrated.env.linux',
  darwin: 'terminal.integrated.env.osx',
  win32: 'terminal.integrated.env.windows',
} as const;

/** Reads the user settings, which are JSON with comments and trailing commas; the first editor that has any counts. */
export function readEditorLines(
  pass: FilePass,
  style: PathStyle,
  environment: Environment,
  sink: SecretSink,
): EditorLines {
  const { platform, variables, home } = environment;
  const extension: FoundLine[] = [];
  const terminal: FoundLine[] = [];
  for (const folder of home === null ? [] : editorFolders(platform, variables, home)) {
    const path = joinPath(style, folder, 'settings.json');
    const reading = pass.read(path, SETTINGS_LIMIT);
    const text = reading.state === 'read' ? reading.text : '';
    if (!text.includes(EXTENSION) && !text.includes(TERMINAL[platform])) continue;
    const root = parsed(text);
    if (root === undefined) continue;
    const found = (node: Node | undefined, name: unknown, value: unknown): FoundLine[] => {
      if (typeof name !== 'string' || !WATCHED.has(name) || typeof value !== 'string' || node === undefined)
        return [];
      const line = lineAt(text, node.offset);
      const origin = lineOrigin(pass, 'vscode', path, line, name);
      const entry: FoundLine = { name, text: value, certainty: 'literal', origin };
      noteSecret(entry, sink);
      return [entry];
    };
    for (const item of memberOf(root, EXTENSION)?.children ?? []) {
      const name = memberOf(item, 'name');
      extension.push(...found(name, name?.value, memberOf(item, 'value')?.value));
    }
    for (const member of memberOf(root, TERMINAL[platform])?.children ?? []) {
      const [key, value] = member.children ?? [];
      terminal.push(...found(key, key?.value, value?.value));
    }
  }
  return { extension, terminal };
}

/** Of members with the same name the last counts, as in the editor. */
function memberOf(object: Node, name: string): Node | undefined {
  const members = object.type === 'object' ? (object.children ?? []) : [];
  return members.filter(({ children }) => children?.[0]?.value === name).at(-1)?.children?.[1];
}

/** `undefined` also where brackets nest deeper than the parser, which calls itself, can follow. */
function parsed(text: string): Node | undefined {
  try {
    return parseTree(text, undefined, { allowTrailingComma: true, disallowComments: false });
  } catch {
    return undefined;
  }
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
