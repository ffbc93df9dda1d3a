import type { StoredVariable, VariableStore } from '../ports/variable-store.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

type Set = Extract<StoredVariable, { state: 'set' }>;

export interface VariableStoreWish {
  /** `EXAMPLE_TOKEN`, and beside it `EXAMPLE_TOKEN_2` and `OTHER`, so that a name is not taken for a part of one. */
  readonly variables: Readonly<Record<string, Set>>;
  /** Whether what keeps them can be spoken to. */
  readonly reachable: boolean;
}

export interface StoreKinds {
  /** Values as this kind of store may hold them, odd ones among them. */
  readonly values: readonly Set[];
  readonly restores: boolean;
}

const NAME = 'EXAMPLE_TOKEN';
const BESIDE = ['EXAMPLE_TOKEN_2', 'OTHER'];
/** Options, assignments and patterns, which programs would understand as something else. */
const NO_NAMES = ['', '-a', '--all', 'A=B', 'A B', '*', 'A;B', "A'B", '$A', 'A\nB', '1A', 'é'];

/** What every store of variables must do. */
export function variableStoreContract(
  make: (wish: VariableStoreWish) => VariableStore | Promise<VariableStore>,
  { values, restores }: StoreKinds,
): readonly ContractCase[] {
  const [first] = values;
  if (first === undefined) throw new Error('a store without values shows nothing');
  const beside = Object.fromEntries(BESIDE.map((name) => [name, first]));
  const stored = (variable: Set | null): Promise<VariableStore> =>
    Promise.resolve(
      make({ variables: { ...beside, ...(variable === null ? {} : { [NAME]: variable }) }, reachable: true }),
    );
  const readAll = async (store: VariableStore): Promise<readonly StoredVariable[]> => {
    const all: StoredVariable[] = [];
    for (const name of BESIDE) all.push(await store.read(name));
    return all;
  };
  return [
    ...values.map((variable, at): ContractCase => ({
      title: `What is set is read as it is (${String(at + 1)}).`,
      run: async () => {
        assertEqual(await (await stored(variable)).read(NAME), variable);
      },
    })),
    {
      title: 'What is not set is absent.',
      run: async () => {
        assertEqual(await (await stored(null)).read(NAME), { state: 'absent' });
      },
    },
    ...values.map((variable, at): ContractCase => ({
      title: `What is unset is absent, and nothing else is (${String(at + 1)}).`,
      run: async () => {
        const store = await stored(variable);
        const before = await readAll(store);
        assertEqual(await store.unset(NAME), 'done');
        assertEqual(await store.read(NAME), { state: 'absent' });
        assertEqual(await readAll(store), before);
      },
    })),
    ...values.map((variable, at): ContractCase => ({
      title: `What was unset is put back as it was, where that can be done (${String(at + 1)}).`,
      run: async () => {
        const store = await stored(variable);
        const before = await readAll(store);
        await store.unset(NAME);
        assertEqual(await store.restore(NAME, variable), restores ? 'done' : 'not-possible');
        assertEqual(await store.read(NAME), restores ? variable : { state: 'absent' });
        assertEqual(await readAll(store), before);
      },
    })),
    {
      title: 'What cannot be the name of a variable is not handed to any program.',
      run: async () => {
        const store = await stored(first);
        const before = await readAll(store);
        for (const name of NO_NAMES) {
          assertEqual(await store.unset(name), 'not-possible', name);
          assertEqual(await store.restore(name, first), 'not-possible', name);
        }
        assertEqual(await store.read(NAME), first);
        assertEqual(await readAll(store), before);
      },
    },
    {
      title: 'Where it cannot be reached that is told, and not taken for absent.',
      run: async () => {
        const store = await make({ variables: { [NAME]: first }, reachable: false });
        assertEqual(await store.read(NAME), { state: 'unreachable' });
        assertEqual(await store.unset(NAME), 'unreachable');
        assertEqual(await store.restore(NAME, first), restores ? 'unreachable' : 'not-possible');
      },
    },
    {
      title: 'The command that a person would type names the variable, and no value.',
      run: async () => {
        const command = (await stored(first)).unsetCommand(NAME);
        assertEqual(command.includes(NAME), true, command);
        const values = [first.value, first.value.replaceAll('\0', '')].filter((value) => value !== '');
        assertEqual(
          values.some((value) => command.includes(value)),
          false,
        );
      },
    },
  ];
}
