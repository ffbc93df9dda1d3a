/**
 * The steps of `npm test`, in order.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {'check' | 'vitest' | 'conformance' | 'playwright'} kind how its outcome is counted
 * @property {readonly string[]} command arguments to Node, from the repository's root
 * @property {boolean} node24            run by Node 24, not by the Node that runs npm
 * @property {boolean} programs          runs zsh, strace and the like, see system-tools.mjs
 */

/** @type {readonly Step[]} */
export const STEPS = [
  check('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '.']),
  check('lint', ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.']),
  check('typecheck', ['node_modules/typescript/bin/tsc', '--build']),
  check('zones', ['build/check-zones.mjs']),
  check('build', ['build/build.mjs']),
  vitest('unit'),
  {
    name: 'conformance',
    kind: 'conformance',
    command: ['e2e/conformance.ts'],
    node24: true,
    programs: true,
  },
  vitest('e2e'),
  {
    name: 'app',
    kind: 'playwright',
    command: ['node_modules/@playwright/test/cli.js', 'test'],
    node24: true,
    programs: true,
  },
];

const SLOW = ['conformance', 'e2e', 'app'];

/** These ask the built command or start the built app, so they are built first. */
const NEEDS_BUILD = ['conformance', 'e2e', 'app'];

/** Where playwright.config.ts has its report written. */
export const APP_REPORT = 'out/e2e/report.json';

/** @param {string} name a vitest project */
export function reportFile(name) {
  return `out/test/${name}.json`;
}

/**
 * @param {{ only?: string | undefined, quick?: boolean | undefined }} options `only`: names, separated by commas
 * @returns {readonly Step[]}
 * @throws {RangeError} when there is no step of that name
 */
export function chooseSteps({ only, quick = false }) {
  const names = STEPS.map(({ name }) => name);
  if (only === undefined) return STEPS.filter(({ name }) => !(quick && SLOW.includes(name)));
  const wanted = new Set(only.split(','));
  const unknown = [...wanted].filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new RangeError(`There is no step named ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  }
  if (NEEDS_BUILD.some((name) => wanted.has(name))) wanted.add('build');
  return STEPS.filter(({ name }) => wanted.has(name));
}

/**
 * @param {string} name
 * @param {readonly string[]} command
 * @returns {Step}
 */
function check(name, command) {
  return { name, kind: 'check', command, node24: false, programs: false };
}

/**
 * @param {string} project
 * @returns {Step}
 */
function vitest(project) {
  return {
    name: project,
    kind: 'vitest',
    command: [
      'node_modules/vitest/vitest.mjs',
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile(project)}`,
    ],
    node24: true,
    programs: true,
  };
}
