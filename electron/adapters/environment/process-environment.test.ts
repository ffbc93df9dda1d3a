import { afterEach, describe, expect, test } from 'vitest';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { environmentContract, type MakeEnvironment } from '../../../shared/testing/environment-contract.ts';
import { processEnvironment } from './process-environment.ts';

const before = { ...process.env };

afterEach(() => {
  become(before);
});

const make: MakeEnvironment = ({ platform, variables }) => {
  become(variables);
  return processEnvironment(platform);
};

function become(variables: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, variables);
}

describe.runIf(onPosix)('as every environment', () => {
  test.each(environmentContract(make))('$title', ({ run }) => run());
});

test('An account without a name on this system has an empty one.', () => {
  become({ USER: '' });
  expect(processEnvironment('linux').userName).toEqual(expect.any(String));
});

test.runIf(onPosix)('An empty HOME is no home folder, or the one of the account.', () => {
  const { home } = make({ platform: 'linux', variables: { HOME: '' } });
  expect(home === null || home.startsWith('/')).toBe(true);
});
