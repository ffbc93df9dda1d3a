import { setMembers, userSettings, type Making } from './making.ts';

/** User settings overwrite what a shell exports, also with nothing (measured): for lines that nobody can edit. */
export async function cancel(making: Making, names: readonly string[]): Promise<void> {
  const env = Object.fromEntries(names.map((name) => [name, '']));
  await setMembers(making, userSettings(making), { env }, 'set-empty');
}
