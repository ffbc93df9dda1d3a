import type { ChangeablePlace } from '../changeable-places.ts';
import { textOfBytes } from '../../../core/remedies/byte-text.ts';
import { edited, startDraft } from '../file-draft.ts';
import { literalsOf, type Making } from './making.ts';

/** The characters of a key that Claude Code remembers (measured). */
const TAIL = 20;

/** Takes what Claude Code remembers about the keys of this process and of the files, so that it asks again. */
export async function forgetAnswer(making: Making, names: readonly string[]): Promise<void> {
  const { ports, editors, files, left, facts } = making;
  const path = facts.claudeJson.path;
  const place: ChangeablePlace = { kind: 'claude-json', path, scope: null, onlyIfChosen: false };
  const look = await ports.writer.look(path);
  if (look.state === 'absent') return;
  for (const name of names) {
    if (look.state === 'refused') {
      left.push({ path, place: 'claude-json', name, line: null, why: look.why });
      continue;
    }
    for (const key of await keysNamed(making, name)) {
      const draft = files.get(look.realPath) ?? startDraft(place, look);
      const result = editors.forgetAnswer(draft.after, key.slice(-TAIL));
      if (result.spans.length > 0) making.forgotten.push(ports.fingerprints.of(key));
      files.set(
        look.realPath,
        edited(draft, result, result.spans.length > 0 ? 'answer-forgotten' : null, ports.fingerprints.of),
      );
    }
  }
}

/** The app runs in no terminal, and a terminal need not have what the next one will. */
async function keysNamed(making: Making, name: string): Promise<ReadonlySet<string>> {
  const written = (await literalsOf(making, name, { kind: 'remove' })).map(textOfBytes);
  const here = making.ports.environment.variables[name] ?? '';
  return new Set([here, ...written].map((key) => key.trim()).filter((key) => key !== ''));
}
