import { existsSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** @typedef {{ file: string, text: string }} VirtualFile `file` is absolute; nothing need exist there */

/**
 * The options of a tsconfig.json, and the files it covers.
 *
 * @param {string} tsconfig absolute path
 */
export function readTsconfig(tsconfig) {
  const { config, error } = ts.readConfigFile(tsconfig, (file) => ts.sys.readFile(file));
  if (error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  return ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(tsconfig), undefined, tsconfig);
}

/**
 * Makes programs that hold one file more than the disk does. The standard library is parsed once for all of them.
 *
 * @param {ts.CompilerOptions} options
 * @returns {(virtual: VirtualFile) => ts.Program}
 */
export function virtualPrograms(options) {
  const settled = { ...options, incremental: false };
  delete settled.tsBuildInfoFile;
  const host = ts.createCompilerHost(settled);
  /** @type {Map<string, ts.SourceFile | undefined>} */
  const parsed = new Map();

  return (virtual) => {
    const { text } = virtual;
    // The compiler writes paths with forward slashes, on Windows too.
    const file = virtual.file.replaceAll('\\', '/');
    const folder = path.posix.dirname(file);
    /** @type {ts.CompilerHost} */
    const overlay = {
      ...host,
      fileExists: (name) => name === file || host.fileExists(name),
      readFile: (name) => (name === file ? text : host.readFile(name)),
      directoryExists: (name) => folder.startsWith(name) || existsSync(name),
      getSourceFile: (name, languageVersion) => {
        if (name === file) return ts.createSourceFile(name, text, languageVersion, true);
        if (!parsed.has(name)) parsed.set(name, host.getSourceFile(name, languageVersion));
        return parsed.get(name);
      },
    };
    return ts.createProgram({ rootNames: [file], options: settled, host: overlay });
  };
}
