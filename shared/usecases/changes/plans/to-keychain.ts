import { bytesOfText, textOfBytes } from '../../../core/remedies/byte-text.ts';
import type { EditHow } from '../../../core/remedies/text-edit.ts';
import { editEverywhere, literalsOf, setMembers, userSettings, type Making } from './making.ts';
import { helperCommand } from './helper-command.ts';

/**
 * The literal that counts is kept in the keychain, and every place that held it looks it up there or says nothing any more: in a
 * comment it would be as readable as before.
 */
export async function moveToKeychain(
  making: Making,
  names: readonly string[],
  by: 'helper' | 'command',
): Promise<boolean> {
  const { ports, keys, request } = making;
  const command = (name: string): readonly string[] => [...request.ownCommand, 'secret', name];
  for (const name of names) {
    const how: EditHow = by === 'command' ? { kind: 'look-up', command: command(name) } : { kind: 'remove' };
    const value = (await literalsOf(making, name, how)).at(-1);
    if (value === undefined) return false;
    await editEverywhere(making, [name], how);
    const text = textOfBytes(value).trim();
    const known = await ports.vault.read(name);
    const inClear = known.state === 'missing' && request.mayBeInClear;
    if (known.state === 'unreadable' || (known.state === 'missing' && !inClear)) {
      const why = known.state === 'missing' ? 'no-keychain' : 'unreachable';
      making.left.push({ path: null, place: 'keychain', name, line: null, why });
      return nothingMoves(making);
    }
    keys.push({
      step: { kind: 'key', name, fingerprint: ports.fingerprints.of(text), inClear },
      recorded: { kind: 'key', name, inClear },
      content: { before: known.state === 'found' ? known.secret : null, after: bytesOfText(text) },
    });
    if (by === 'helper') {
      const helper = helperCommand(command(name), ports.environment.platform);
      const isSet = await setMembers(making, userSettings(making), { apiKeyHelper: helper }, 'helper-set');
      // A key that nothing asks for would be as good as lost.
      if (!isSet) return nothingMoves(making);
    }
  }
  return true;
}

/** Why it does not stays in the plan, also where a file that was not understood is the reason. */
function nothingMoves({ files, keys, left }: Making): true {
  left.push(...[...files.values()].flatMap((draft) => draft.left));
  files.clear();
  keys.length = 0;
  return true;
}
