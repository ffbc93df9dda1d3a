import { textOfBytes } from '../byte-text.ts';
import type { Bytes, EditText } from '../text-edit.ts';
import {
  editJson,
  findMembers,
  membersNamed,
  textOf,
  type JsonFinding,
  type JsonPlace,
} from './json-edit.ts';
import type { JsonNode } from './json-tree.ts';

/** For the extension: a list of objects with `name` and `value`. */
const EXTENSION = 'claudeCode.environmentVariables';
/** For terminals inside the editor: an object for each system, and the file may be shared between several. */
const TERMINALS = ['linux', 'osx', 'windows'].map((system) => `terminal.integrated.env.${system}`);

const PLACE: JsonPlace = {
  dialect: 'jsonc',
  depth: 3,
  find: (root, bytes, names) => [
    ...membersNamed(root, EXTENSION).flatMap(({ value }) => findElements(bytes, value, names)),
    ...TERMINALS.flatMap((terminal) => membersNamed(root, terminal)).flatMap(({ value: variables }) =>
      findMembers(bytes, variables, names).map((finding) => ({
        ...finding,
        value: textOrNone(bytes, finding.item.value),
      })),
    ),
  ],
};

/** The user settings of VS Code and its relatives: JSON with comments and trailing commas. */
export const editVscodeSettings: EditText = (bytes, request) => editJson(bytes, request, PLACE);

function findElements(bytes: Bytes, list: JsonNode, names: ReadonlySet<string>): readonly JsonFinding[] {
  if (list.kind !== 'array') return [];
  return list.items.flatMap((item): JsonFinding[] => {
    // Of members with the same name the last counts.
    const name = membersNamed(item.value, 'name').at(-1)?.value;
    const text = name?.kind === 'string' ? textOfBytes(textOf(bytes, name)) : null;
    if (text === null || !names.has(text)) return [];
    const value = membersNamed(item.value, 'value').at(-1)?.value;
    return [
      { name: text, container: list, item, value: value === undefined ? null : textOrNone(bytes, value) },
    ];
  });
}

/** The editor passes on text alone. */
function textOrNone(bytes: Bytes, value: JsonNode): Bytes | null {
  return value.kind === 'string' ? textOf(bytes, value) : null;
}
