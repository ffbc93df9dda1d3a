import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importZones } from './build/lint/import-zones.mjs';
import { ROOT } from './build/root.mjs';

const TESTS = ['**/*.test.ts', '**/*.spec.ts'];

const noDefaultExport = {
  restrictDefaultExports: {
    direct: true,
    named: true,
    defaultFrom: true,
    namedFrom: true,
    namespaceFrom: true,
  },
};

const AMBIENT_TIME =
  'Take the time as a parameter, or from the Clock port, so that a verdict can be repeated.';
const AMBIENT_CHANCE = 'Take it from the Random port, so that a run can be repeated.';
const PLATFORM =
  'Only electron/adapters/create-adapters.ts looks at the platform; take an adapter as a parameter.';
const ENVIRONMENT =
  'Only electron/adapters/environment/ and the entries of electron/cli/ read process.env; readings keep their origin.';

/**
 * What the types cannot refuse in the pure zone.
 * @type {import('eslint').Linter.RulesRecord}
 */
const noAmbientInput = {
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: AMBIENT_TIME },
    { object: 'Math', property: 'random', message: AMBIENT_CHANCE },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: AMBIENT_TIME },
    { selector: 'CallExpression[callee.name="Date"]', message: AMBIENT_TIME },
  ],
};

/**
 * Keeps the places where the machine is looked at few and known.
 * @param {{ platform: boolean, environment: boolean }} banned
 * @returns {import('eslint').Linter.RulesRecord}
 */
function noAmbientProcess({ platform, environment }) {
  const properties = [
    ...(platform
      ? [
          { object: 'process', property: 'platform', message: PLATFORM },
          { object: 'os', property: 'platform', message: PLATFORM },
        ]
      : []),
    ...(environment ? [{ object: 'process', property: 'env', message: ENVIRONMENT }] : []),
  ];
  const paths = [
    ...(platform
      ? [
          { name: 'node:process', importNames: ['platform'], message: PLATFORM },
          { name: 'node:os', importNames: ['platform'], message: PLATFORM },
        ]
      : []),
    ...(environment ? [{ name: 'node:process', importNames: ['env'], message: ENVIRONMENT }] : []),
  ];
  return {
    'no-restricted-properties': ['error', ...properties],
    '@typescript-eslint/no-restricted-imports': ['error', { paths }],
  };
}

export default defineConfig(
  { ignores: ['out/', 'e2e/zones/*/', 'e2e/app/fixture-app/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          './shared/tsconfig.json',
          './electron/tsconfig.json',
          './electron/main/tsconfig.json',
          './electron/preload/tsconfig.json',
          './renderer/tsconfig.json',
          './renderer/tsconfig.test.json',
          './e2e/tsconfig.json',
          './e2e/host/tsconfig.json',
          './tsconfig.test.json',
        ],
        tsconfigRootDir: ROOT,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { zones: { rules: { imports: importZones } } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false },
      ],
      // One such line would bring Node's types into the whole pure zone.
      '@typescript-eslint/triple-slash-reference': ['error', { lib: 'never', path: 'never', types: 'never' }],
      // A number in a sentence is no mistake; an object or undefined is.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `== null` is the one comparison that means “neither null nor undefined”.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-exports': ['error', noDefaultExport],
      'zones/imports': 'error',
    },
  },
  { files: ['shared/**'], ignores: TESTS, rules: noAmbientInput },
  {
    files: ['electron/**'],
    ignores: TESTS,
    rules: noAmbientProcess({ platform: true, environment: true }),
  },
  {
    files: ['electron/adapters/create-adapters.ts'],
    rules: noAmbientProcess({ platform: false, environment: true }),
  },
  {
    files: [
      'electron/adapters/environment/**',
      'electron/cli/credence.ts',
      'electron/cli/credence-see.ts',
      'electron/cli/credence-token.ts',
    ],
    ignores: TESTS,
    rules: noAmbientProcess({ platform: true, environment: false }),
  },
  {
    // A name may lead to the socket of somebody else; only the address leads to ours.
    files: ['electron/adapters/network/*loopback*.ts', 'electron/adapters/network/landing-page.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['Literal[value=/localhost/i]', 'TemplateElement[value.raw=/localhost/i]'].map((selector) => ({
          selector,
          message: 'Name the address itself: 127.0.0.1.',
        })),
      ],
    },
  },
  {
    files: TESTS,
    rules: {
      // `expect(port.method)` hands a method over without calling it, on purpose.
      '@typescript-eslint/unbound-method': 'off',
      // A table of cases may hold async functions that have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['eslint.config.mjs', 'vitest.config.ts', 'playwright.config.ts', 'e2e/host/say-host-reporter.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    // JSDoc on plain JavaScript cannot say everything; the types that are there are checked by e2e/tsconfig.json.
    files: ['**/*.mjs', '**/*.cjs'],
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // What is started before anything is set up, and as one script, is CommonJS.
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
