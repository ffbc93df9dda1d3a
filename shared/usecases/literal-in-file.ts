import type { Facts } from '../core/facts.ts';
import type { Origin } from '../core/origin.ts';
import { textOfBytes } from '../core/remedies/byte-text.ts';
import type { Ports } from '../ports/ports.ts';
import { PLACE_EDITORS } from './changes/all-editors.ts';
import { changeablePlaces } from './changes/changeable-places.ts';
import { FILE_LIMIT } from './gather/file-pass.ts';

/**
 * The constant that a line of a start-up file gives a variable, as its shell would have it. As for {@link rereadVariable} the
 * caller has to see that it is the value that was read, and must not let it out of its frame.
 *
 * @returns `null` where no constant stands there
 */
export function literalInFile(
  ports: Pick<Ports, 'environment' | 'files'>,
  facts: Facts,
  { path, name, line }: Origin,
): string | null {
  if (path === undefined || name === undefined) return null;
  const place = changeablePlaces(ports, facts).find((known) => known.path === path);
  const reading = ports.files.read(path, FILE_LIMIT, 'latin1');
  if (place === undefined || reading.state !== 'read') return null;
  const { done } = PLACE_EDITORS.edit[place.kind](reading.text, {
    names: [name],
    how: { kind: 'remove' },
    marker: '',
  });
  const value = done.find((found) => found.name === name && found.line === line)?.value ?? null;
  return value === null ? null : textOfBytes(value);
}
