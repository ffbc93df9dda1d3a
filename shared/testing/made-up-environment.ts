import type { Environment } from '../ports/environment.ts';

/** An environment of somebody called `p` on Linux, with whatever else a test wants to say about it. */
export function madeUpEnvironment(more: Partial<Environment> = {}): Environment {
  const home = more.home === undefined ? '/home/p' : more.home;
  return {
    platform: 'linux',
    variables: home === null ? {} : { HOME: home },
    home,
    workingFolder: home ?? '/',
    userName: 'p',
    userId: 1000,
    insideContainer: false,
    ...more,
  };
}
