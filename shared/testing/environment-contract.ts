import type { Environment } from '../ports/environment.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

export interface EnvironmentWish {
  readonly platform: Environment['platform'];
  /** All there are, `HOME` among them when there is to be one. */
  readonly variables: Readonly<Record<string, string>>;
}

/** An environment with these variables, in a folder that is there. */
export type MakeEnvironment = (wish: EnvironmentWish) => Environment;

/** What an environment must tell on a POSIX system. */
export function environmentContract(make: MakeEnvironment): readonly ContractCase[] {
  const linux = (variables: Readonly<Record<string, string>>): Environment =>
    make({ platform: 'linux', variables });
  const value = (title: string, text: string): ContractCase => ({
    title,
    run: () => {
      assertEqual(linux({ HOME: '/home/p', ANTHROPIC_API_KEY: text }).variables['ANTHROPIC_API_KEY'], text);
    },
  });
  return [
    value('A value is told as it is, white space and all.', ' \t key \n'),
    value('An empty value is empty, not missing.', ''),
    value('A value may be long, and of any characters.', 'é€\u202e'.repeat(5_000)),
    {
      title: 'A variable that is not set is undefined.',
      run: () => {
        assertEqual(linux({ HOME: '/home/p' }).variables['ANTHROPIC_API_KEY'], undefined);
      },
    },
    {
      title: 'Nothing is inherited by way of the object that holds them.',
      run: () => {
        assertEqual(Object.keys(linux({ HOME: '/home/p' }).variables).includes('toString'), false);
      },
    },
    {
      title: 'The home folder is what HOME says.',
      run: () => {
        assertEqual(linux({ HOME: '/home/somebody else' }).home, '/home/somebody else');
      },
    },
    {
      title: 'Without HOME it is the folder of the account, or there is none.',
      run: () => {
        const { home } = linux({});
        assertEqual(home === null || home.startsWith('/'), true, `Whether ${String(home)} is a folder`);
      },
    },
    {
      title: 'The working folder is absolute.',
      run: () => {
        assertEqual(linux({}).workingFolder.startsWith('/'), true);
      },
    },
    {
      title: 'Looking at the account and the container does not fail, whatever is missing.',
      run: () => {
        const { userName, userId, insideContainer } = linux({});
        assertEqual(
          [typeof userName, userId === null || userId >= 0, typeof insideContainer],
          ['string', true, 'boolean'],
        );
      },
    },
    {
      title: 'The platform is the one that it was made for.',
      run: () => {
        const platforms = (['linux', 'darwin', 'win32'] as const).map(
          (platform) => make({ platform, variables: {} }).platform,
        );
        assertEqual(platforms, ['linux', 'darwin', 'win32']);
      },
    },
  ];
}
