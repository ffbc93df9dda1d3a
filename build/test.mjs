/** `npm test`: every step in order, a summary, and as the very last line how many passed and failed. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './root.mjs';
import { SetupError, ensureNodeModules, ensureSystemTools, findNode24, runScript } from './setup.mjs';
import { APP_REPORT, STEPS, chooseSteps, reportFile } from './test-steps.mjs';
import {
  countsOfCheck,
  countsOfConformance,
  countsOfPlaywright,
  countsOfVitest,
  inWords,
  sumOf,
} from './test-summary.mjs';

const USAGE = `npm test                          all steps: ${STEPS.map(({ name }) => name).join(', ')}
npm test -- --only unit,lint      these steps (what asks the built command builds it first)
npm test -- --quick               all but conformance, e2e and app
npm test -- --property-runs 1000  that many runs of every property test`;

await runScript(async () => {
  const options = readOptions();
  if (options.help === true) {
    console.log(USAGE);
    return 0;
  }
  ensureNodeModules();
  if (options.steps.some(({ programs }) => programs)) ensureSystemTools();

  const outcomes = [];
  for (const step of options.steps) outcomes.push(await take(step, options.propertyRuns));

  console.log('\n── summary');
  for (const { step, counts, seconds } of outcomes) {
    const mark = counts.failed === 0 ? 'ok  ' : 'FAIL';
    const problem = counts.problem === undefined ? '' : ` (${counts.problem})`;
    console.log(`${mark} ${step.name.padEnd(12)} ${seconds.padStart(7)}  ${inWords(counts)}${problem}`);
  }
  if (outcomes.some(({ step }) => step.kind === 'playwright')) {
    console.log(readReport(APP_REPORT)?.config.metadata?.says ?? 'what the app ran on is not known');
  }
  const total = sumOf(outcomes.map(({ counts }) => counts));
  console.log(inWords(total));
  return total.failed === 0 ? 0 : 1;
});

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean' },
        'property-runs': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return { help: values.help, steps: chooseSteps(values), propertyRuns: values['property-runs'] };
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

/**
 * @param {import('./test-steps.mjs').Step} step
 * @param {string | undefined} propertyRuns
 */
async function take(step, propertyRuns) {
  console.log(`\n── ${step.name}`);
  // One of an earlier run must not be taken for this one's.
  if (step.kind === 'vitest') rmSync(path.join(ROOT, reportFile(step.name)), { force: true });
  if (step.kind === 'playwright') rmSync(path.join(ROOT, APP_REPORT), { force: true });
  const start = performance.now();
  const { exitCode, output } = await runNode(step, propertyRuns);
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  return { step, seconds, counts: count(step, exitCode, output) };
}

/**
 * @param {import('./test-steps.mjs').Step} step
 * @param {number} exitCode
 * @param {string} output
 */
function count(step, exitCode, output) {
  switch (step.kind) {
    case 'check':
      return countsOfCheck(exitCode);
    case 'conformance':
      return countsOfConformance(output, exitCode);
    case 'vitest':
      return countsOfVitest(readReport(reportFile(step.name)), exitCode);
    case 'playwright':
      return countsOfPlaywright(readReport(APP_REPORT), exitCode, process.env['E2E_HOST']);
  }
}

/** @param {string} name from the repository's root */
function readReport(name) {
  const file = path.join(ROOT, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * Runs a step, its output shown as it comes; that of a conformance run is kept as well, since its figures are in it.
 *
 * @param {import('./test-steps.mjs').Step} step
 * @param {string | undefined} propertyRuns
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
function runNode(step, propertyRuns) {
  const many = propertyRuns !== undefined && step.kind === 'vitest';
  const child = spawn(
    step.node24 ? findNode24() : process.execPath,
    // Ten thousand runs of a property are no reason for the runner to lose patience.
    [...step.command, ...(many ? ['--testTimeout=0'] : [])],
    {
      cwd: ROOT,
      env: { ...process.env, ...(many ? { FAST_CHECK_RUNS: propertyRuns } : {}) },
      stdio: ['ignore', step.kind === 'conformance' ? 'pipe' : 'inherit', 'inherit'],
    },
  );
  let output = '';
  child.stdout?.on('data', (/** @type {Buffer} */ chunk) => {
    process.stdout.write(chunk);
    output += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ exitCode: code ?? 1, output });
    });
  });
}
