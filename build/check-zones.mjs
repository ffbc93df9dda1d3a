/** Proves that the borders between the zones hold: what e2e/zones/ keeps for refusal is refused, and for that reason. */
import { ESLint } from 'eslint';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { readTsconfig, virtualPrograms } from './lint/virtual-program.mjs';
import { ROOT } from './root.mjs';

/**
 * @typedef {object} Exhibit a file that must be refused, or (expect: nothing) must not
 * @property {string} name
 * @property {string} file   absolute: where it is to be judged as if it stood there
 * @property {string} text
 * @property {string} expect a compiler error such as TS2304, a lint rule, or `nothing`
 */

const SHARED = readTsconfig(path.join(ROOT, 'shared/tsconfig.json'));
const NODE = readTsconfig(path.join(ROOT, 'e2e/tsconfig.json'));

const inShared = virtualPrograms(SHARED.options);
const inNode = virtualPrograms(NODE.options);

/** @param {Exhibit} exhibit */
function programFor(exhibit) {
  const pure =
    exhibit.file.startsWith(path.join(ROOT, 'shared') + path.sep) && !exhibit.file.endsWith('.test.ts');
  return pure ? inShared(exhibit) : inNode(exhibit);
}

/**
 * @param {string} folder below e2e/zones
 * @returns {Exhibit[]}
 */
function readExhibits(folder) {
  const home = path.join(ROOT, 'e2e/zones', folder);
  return readdirSync(home)
    .sort()
    .map((name) => {
      const text = readFileSync(path.join(home, name), 'utf8');
      const header = /^\/\/ as: (?<as>\S+)\n\/\/ expect: (?<expect>\S+)\n/.exec(text)?.groups;
      if (header === undefined)
        throw new Error(`${folder}/${name} must begin with its "as" and "expect" lines.`);
      const { as = '', expect = '' } = header;
      return { name: `${folder}/${name}`, file: path.join(ROOT, as), text, expect };
    });
}

/** @param {Exhibit} exhibit */
function compilerErrors(exhibit) {
  const found = ts.getPreEmitDiagnostics(programFor(exhibit));
  return found.map(({ code, messageText }) => ({
    id: `TS${String(code)}`,
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));
}

/** @param {Exhibit} exhibit */
async function lintErrors(exhibit) {
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: { languageOptions: { parserOptions: { programs: [programFor(exhibit)] } } },
  });
  const results = await eslint.lintText(exhibit.text, { filePath: exhibit.file });
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => ({ id: ruleId ?? 'no rule', message })),
  );
}

/**
 * @param {Exhibit} exhibit
 * @param {readonly { id: string, message: string }[]} errors
 * @returns {string | undefined} what is wrong
 */
function judge(exhibit, errors) {
  const found = [...new Set(errors.map(({ id }) => id))];
  const wanted = exhibit.expect === 'nothing' ? [] : [exhibit.expect];
  if (found.join() === wanted.join()) return undefined;
  const seen = errors.map(({ id, message }) => `\n    ${id}: ${message}`).join('');
  return `${exhibit.name}: expected ${exhibit.expect}, found ${seen === '' ? 'nothing' : seen}`;
}

/** Anything at all may bring Node's or the browser's types into a program, and then all of it has them. */
function foreignTypesInShared() {
  const program = ts.createProgram(SHARED.fileNames, { ...SHARED.options, incremental: false });
  return program
    .getSourceFiles()
    .map(({ fileName }) => fileName)
    .filter((name) => /\/@types\/|\/lib\.(dom|webworker|scripthost)[^/]*$/.test(name))
    .map((name) => `shared/ is compiled with ${path.relative(ROOT, name)}, so it is no longer pure.`);
}

const refusedByCompiler = readExhibits('known-bad');
const refusedByLint = readExhibits('known-bad-lint');
const allowed = readExhibits('allowed');

/** @type {(string | undefined)[]} */
const complaints = foreignTypesInShared();
for (const exhibit of [...refusedByCompiler, ...allowed]) {
  complaints.push(judge(exhibit, compilerErrors(exhibit)));
}
for (const exhibit of [...refusedByLint, ...allowed]) {
  complaints.push(judge(exhibit, await lintErrors(exhibit)));
}

const wrong = complaints.filter((complaint) => complaint !== undefined);
for (const complaint of wrong) console.error(`zones: ${complaint}`);
console.log(
  `zones: ${String(refusedByCompiler.length)} files to be refused by the compiler, ` +
    `${String(refusedByLint.length)} by ESLint, ${String(allowed.length)} to be allowed; ` +
    (wrong.length === 0 ? 'all as expected.' : `${String(wrong.length)} wrong.`),
);
process.exitCode = wrong.length === 0 ? 0 : 1;
