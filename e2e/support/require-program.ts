import { spawnSync } from 'node:child_process';

/** A test without the program that it is about has shown nothing. */
export function requireProgram(name: string): void {
  if (spawnSync(name, ['--version'], { stdio: 'ignore' }).error !== undefined) {
    throw new Error(`${name} is not on the search path; “npm test” installs it, or says how`);
  }
}
