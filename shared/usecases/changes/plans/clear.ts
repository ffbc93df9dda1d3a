import { textOfBytes } from '../../../core/remedies/byte-text.ts';
import type { SourceId } from '../../../core/source-id.ts';
import { HELPER_SETTING } from '../../../core/sources/api-key-helper.ts';
import { namesOfSource } from '../names-of-goal.ts';
import { editEverywhere, type Making } from './making.ts';

/** Takes the names out of force in every file and store that Credence may change. */
export async function clear(making: Making, names: readonly string[]): Promise<void> {
  await editEverywhere(making, names, { kind: making.request.how });
  for (const name of names) if (name !== HELPER_SETTING) await unsetInStores(making, name);
}

/** What a session keeps beside its files. A store that does not answer is no news: most systems have none of them. */
async function unsetInStores({ ports, others }: Making, name: string): Promise<void> {
  for (const store of ports.variableStores) {
    const found = await store.read(name);
    if (found.state !== 'set') continue;
    const { value, type } = found;
    // fish keeps elements with a NUL behind each; whoever gets them from the environment has them in one.
    const text = textOfBytes(value.replace(/\0$/, '').replaceAll('\0', ' ')).trim();
    const fingerprint = ports.fingerprints.of(text);
    const command = store.unsetCommand(name);
    others.push({
      step: { kind: 'variable', store: store.id, name, fingerprint, command, undoable: store.canRestore },
      recorded: { kind: 'variable', store: store.id, name, type },
      content: { before: value, after: null },
    });
  }
}

/** What only logging out takes away is no step of a plan, and is told. */
export function noteLogins({ left }: Making, sources: readonly SourceId[]): void {
  for (const source of sources) {
    const named = namesOfSource(source);
    if (named.ok || named.why === 'unknown-name') continue;
    const place = source === 'console-key' ? 'console-key' : 'login';
    left.push({ path: null, place, name: source, line: null, why: 'log-out' });
  }
}
