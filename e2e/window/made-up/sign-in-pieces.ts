import type { AfterRow } from '../../../shared/ipc/change-snapshot.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import type { SignInStepRow, SignInTask } from '../../../shared/ipc/sign-in-snapshot.ts';
import { hard } from './hard.ts';

export const step = (
  key: string,
  state: SignInStepRow['state'],
  name: string,
  more: Partial<SignInStepRow> = {},
): SignInStepRow => ({ key, state, name, time: null, since: null, detail: null, ...more });

export const after = (
  mode: AfterRow['mode'],
  label: string,
  mark: AfterRow['mark'],
  value: string,
  was: string,
): AfterRow => ({ mode, label, mark, value, was });

/** The page is drawn under a clock that a spec holds still. */
export const NOW = 1_763_647_421_000;

export const during = (signIn: SignInTask): Snapshot => ({ ...hard, signIn });
