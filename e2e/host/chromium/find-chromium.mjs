import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const ELSEWHERE = [
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {string | undefined} the program, by its full path; $CREDENCE_CHROMIUM decides alone where it is set
 */
export function findChromium(environment) {
  const chosen = environment['CREDENCE_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') return isProgram(chosen) ? chosen : undefined;
  const folders = ['/usr/bin', ...(environment['PATH'] ?? '').split(path.delimiter)].filter((folder) =>
    path.isAbsolute(folder),
  );
  const named = PROGRAMS.flatMap((program) => folders.map((folder) => path.join(folder, program)));
  return [...named, ...ELSEWHERE].find(isProgram);
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
