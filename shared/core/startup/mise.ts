import {
  certaintyOf,
  type Assignment,
  type SourceReference,
  type StartupText,
  type WantedNames,
} from './assignment.ts';
import { readToml, type TomlValue } from './toml-lines.ts';

/**
 * The variables of the `[env]` tables of a `mise.toml`. Templates, `$NAME` and encrypted values are computed; a default
 * is conditional; `false` removes. `_.file` and `_.source` become references, relative to the file's folder.
 */
export function readMiseEnv(text: string, wanted: WantedNames): StartupText {
  const document = readToml(text);
  const assignments: Assignment[] = [];
  const sources: SourceReference[] = [];
  // mise refuses a file that it cannot parse.
  const doubt = !document.wellFormed;

  function setting(path: readonly string[], value: TomlValue, line: number): void {
    const [name, key] = path;
    if (name === undefined) {
      for (const entry of tablesOf(value)) setting(entry.path, entry.value, entry.line);
    } else if (name === '_') {
      directive(path.slice(1), value, line);
    } else if (!wanted(name)) {
      return;
    } else if (key !== undefined) {
      detail(name, key, value, line);
    } else if (value.kind === 'table') {
      for (const entry of value.entries) detail(name, entry.path[0] ?? '', entry.value, line);
    } else if (value.kind === 'plain' && value.text === 'false') {
      push(name, line, null, doubt, 'unset');
    } else {
      push(name, line, constant(value), doubt);
    }
  }

  /** `NAME = { value = "x", redact = true }` and `NAME = { default = "x" }`. */
  function detail(name: string, key: string, value: TomlValue, line: number): void {
    if (key === 'value') push(name, line, constant(value), doubt);
    if (key === 'default') push(name, line, constant(value), true);
    if (key === 'age') push(name, line, null, doubt);
  }

  function push(
    name: string,
    line: number,
    value: string | null,
    conditional: boolean,
    kind: 'set' | 'unset' = 'set',
  ): void {
    const certainty =
      kind === 'set' ? certaintyOf(value, conditional) : conditional ? 'conditional' : 'literal';
    assignments.push({
      name,
      line,
      certainty,
      conditional,
      exported: true,
      value,
      pathAsWritten: null,
      kind,
    });
  }

  function directive(path: readonly string[], value: TomlValue, line: number): void {
    const [name, key] = path;
    if (name === undefined) {
      for (const entry of tablesOf(value)) directive(entry.path, entry.value, entry.line);
    } else if ((name === 'file' || name === 'source') && (key === undefined || key === 'path')) {
      for (const written of pathsOf(value)) {
        const syntax = name === 'file' ? 'dotenv' : 'shell';
        sources.push({ line, path: written, conditional: doubt, exportsAll: false, syntax });
      }
    }
  }

  for (const { path, value, line } of document.entries) {
    if (path[0] === 'env') setting(path.slice(1), value, line);
  }
  return { assignments, sources, exports: [] };
}

/** The entries of a table, or of all tables in an array. */
function tablesOf(value: TomlValue): readonly { path: readonly string[]; value: TomlValue; line: number }[] {
  if (value.kind === 'table') return value.entries;
  return value.kind === 'array'
    ? value.items.flatMap((item) => (item.kind === 'table' ? item.entries : []))
    : [];
}

function pathsOf(value: TomlValue): readonly (string | null)[] {
  switch (value.kind) {
    case 'string':
      return [isTemplate(value.text) ? null : value.text];
    case 'array':
      return value.items.flatMap(pathsOf);
    case 'table':
      return value.entries.flatMap((entry) => (entry.path[0] === 'path' ? pathsOf(entry.value) : []));
    case 'plain':
      return [];
  }
}

function constant(value: TomlValue): string | null {
  if (value.kind === 'string') return isTemplate(value.text) ? null : value.text;
  return value.kind === 'plain' && /^-?\d+$/.test(value.text) ? value.text : null;
}

function isTemplate(text: string): boolean {
  return /\{\{|\{%|\{#|\$[\w{]/.test(text);
}
