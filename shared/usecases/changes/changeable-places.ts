import type { Facts } from '../../core/facts.ts';
import { editorFolders, pathStyle } from '../../core/known-folders.ts';
import type { SettingsScope } from '../../core/origin.ts';
import { joinPath } from '../../core/paths.ts';
import type { PlaceKind } from '../../core/remedies/plan.ts';
import type { Ports } from '../../ports/ports.ts';
import { startPass, type FilePass } from '../gather/file-pass.ts';
import { folderFiles } from '../gather/folder-lines.ts';
import { secretSink } from '../gather/secret-sink.ts';
import { sessionFiles } from '../gather/session-lines.ts';
import { readStartupLines, type FileSyntax } from '../gather/startup-lines.ts';

/** A file in which a credential may be set, and how it is to be edited. */
export interface ChangeablePlace {
  readonly kind: PlaceKind;
  readonly path: string;
  readonly scope: SettingsScope | null;
  /** Claude Code and the shells do not read it by themselves, so it is changed only when a person chose it. */
  readonly onlyIfChosen: boolean;
}

/** Every file that may set a credential for the folder, whether it does or not; those that win stand last. */
export function changeablePlaces(
  ports: Pick<Ports, 'files' | 'environment'>,
  facts: Facts,
): readonly ChangeablePlace[] {
  const { environment } = ports;
  const pass = startPass(ports.files);
  const style = pathStyle(environment.platform);
  const places: ChangeablePlace[] = [];
  const add = (kind: PlaceKind, path: string, more: Partial<ChangeablePlace> = {}): void => {
    places.push({ kind, path, scope: null, onlyIfChosen: false, ...more });
  };
  const session = sessionFiles(pass, environment);
  for (const path of session.etcEnvironment) add('etc-environment', path);
  for (const path of session.pamEnvironment) add('pam-environment', path);
  for (const path of session.environmentD) add('environment-d', path);
  for (const [path, syntax] of startupSyntaxes(pass, environment))
    if (syntax !== 'fish-variables') add(kindOf(syntax), path);
  for (const { kind, path } of folderFiles(style, facts.place)) add(kind, path, { onlyIfChosen: true });
  if (environment.home !== null) {
    for (const folder of editorFolders(environment.platform, environment.variables, environment.home))
      add('vscode', joinPath(style, folder, 'settings.json'));
  }
  add('claude-json', facts.claudeJson.path);
  for (const { scope, path } of facts.settingsFiles) if (path !== null) add('settings', path, { scope });
  return firstOfEach(places);
}

/** Where fish keeps its universal variables, if it does. */
export function fishVariablesFiles({
  files,
  environment,
}: Pick<Ports, 'files' | 'environment'>): readonly string[] {
  return startupSyntaxes(startPass(files), environment).flatMap(([path, syntax]) =>
    syntax === 'fish-variables' ? [path] : [],
  );
}

function startupSyntaxes(
  pass: FilePass,
  environment: Ports['environment'],
): readonly (readonly [path: string, FileSyntax])[] {
  const { platform } = environment;
  // What is read here is parsed for its names alone; nobody is told of secrets.
  const sink = secretSink(pass, platform, () => false);
  return readStartupLines(pass, pathStyle(platform), environment, sink).flatMap(({ syntaxes }) => [
    ...syntaxes,
  ]);
}

/** A file that a shell sources is chosen by that, even when it is one that is otherwise left alone. */
function firstOfEach(places: readonly ChangeablePlace[]): readonly ChangeablePlace[] {
  const seen = new Set<string>();
  return places.filter(({ path }) => {
    if (seen.has(path)) return false;
    seen.add(path);
    return true;
  });
}

function kindOf(syntax: Exclude<FileSyntax, 'fish-variables'>): PlaceKind {
  return syntax;
}
