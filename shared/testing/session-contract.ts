import type { ManagedPreferences, SessionVariable, SessionVariables } from '../ports/session-variables.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

/** What is to be found; `onlyWhenAsked`: by asking another program only. */
export interface SessionWish {
  readonly found: readonly SessionVariable[];
  readonly onlyWhenAsked: readonly SessionVariable[];
}

/** Makes a session with these variables, as far as this system knows that kind of variable. */
export type MakeSession = (wish: SessionWish) => SessionVariables;

/** @param known variables of the kinds that this system has: `found` must tell them, `onlyWhenAsked` only a program that is asked */
export function sessionVariablesContract(make: MakeSession, known: SessionWish): readonly ContractCase[] {
  const names = [...known.found, ...known.onlyWhenAsked].map(({ name }) => name);
  return [
    {
      title: 'What can be told without asking anybody is told.',
      run: async () => {
        assertEqual(sorted(await make(known).read(names, false)), sorted(known.found));
      },
    },
    {
      title: 'The rest is told when another program may be asked.',
      run: async () => {
        assertEqual(
          sorted(await make(known).read(names, true)),
          sorted([...known.found, ...known.onlyWhenAsked]),
        );
      },
    },
    {
      title: 'Nothing but the names asked for is told.',
      run: async () => {
        const [first, ...rest] = names;
        if (first === undefined || rest.length === 0)
          throw new Error('This case needs two variables at least.');
        const told = await make(known).read([first], true);
        assertEqual([...new Set(told.map(({ name }) => name))], [first]);
        assertEqual(await make(known).read([], true), []);
      },
    },
    {
      title: 'A session without such variables is no failure.',
      run: async () => {
        assertEqual(await make({ found: [], onlyWhenAsked: [] }).read(names, true), []);
      },
    },
  ];
}

type Preferences = Awaited<ReturnType<ManagedPreferences['read']>>;

/** @param known what this system can be made to hold */
export function managedPreferencesContract(
  make: (preferences: Preferences) => ManagedPreferences,
  known: Preferences,
): readonly ContractCase[] {
  return [
    {
      title: 'What an administrator delivers is told, with its rank.',
      run: async () => {
        assertEqual(await make(known).read(), known);
      },
    },
    {
      title: 'Nothing delivered is no failure.',
      run: async () => {
        assertEqual(await make([]).read(), []);
      },
    },
  ];
}

function sorted(variables: readonly SessionVariable[]): readonly SessionVariable[] {
  return [...variables].sort((a, b) => (`${a.name} ${a.kind}` < `${b.name} ${b.kind}` ? -1 : 1));
}
