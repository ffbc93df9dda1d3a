import type { ChangeablePlace } from '../changeable-places.ts';
import { edited, startDraft } from '../file-draft.ts';
import type { Making } from './making.ts';

/** The characters of a key that Claude Code remembers (measured). */
const TAIL = 20;

/** Takes what Claude Code remembers about the key of this process, so that it asks again. */
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
    const key = ports.environment.variables[name]?.trim();
    if (key === undefined || key === '') continue;
    const draft = files.get(look.realPath) ?? startDraft(place, look);
    const result = editors.forgetAnswer(draft.after, key.slice(-TAIL));
    files.set(
      look.realPath,
      edited(draft, result, result.spans.length > 0 ? 'answer-forgotten' : null, ports.fingerprints.of),
    );
  }
}
