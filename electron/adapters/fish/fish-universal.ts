import { isVariableName } from '../../../shared/core/platform/is-variable-name.ts';
import { pickVariables } from '../../../shared/core/platform/pick-variables.ts';
import type { Bytes } from '../../../shared/core/remedies/text-edit.ts';
import type { Ports } from '../../../shared/ports/ports.ts';
import type { StoredVariable, VariableStore } from '../../../shared/ports/variable-store.ts';
import { textOfBytes } from '../process/text-bytes.ts';

const FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/bin'];
/** By these fish finds its files and knows its encoding; the name in question is none of them, so nothing covers it. */
const NEEDED = ['HOME', 'USER', 'PATH', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'LANG', 'LC_ALL', 'LC_CTYPE'];
const DEADLINE = 10_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MOST_IN_FILE = 16 * 1024 * 1024;

/**
 * The universal variables of fish. Other fishes that run keep them in memory and write the whole file, so only fish itself may
 * change them. It reads the user’s configuration first: without it, it does not keep universal variables at all.
 *
 * The value of a variable is its elements, each with a NUL byte behind it; `type` is the words by which `set` makes it again.
 */
export function fishUniversal({
  environment,
  files,
  processes,
}: Pick<Ports, 'environment' | 'files' | 'processes'>): VariableStore {
  /** `null`: there is none, so fish need not be started, which would leave files behind. */
  const kept = (): string | null => {
    const { variables, home } = environment;
    const named = variables['XDG_CONFIG_HOME'];
    const folder =
      named !== undefined && named.startsWith('/') ? named : home === null ? null : `${home}/.config`;
    const reading = folder === null ? null : files.read(`${folder}/fish/fish_variables`, MOST_IN_FILE);
    return reading?.state === 'read' ? reading.text : null;
  };
  /** What a script printed between the marks; `null`: fish is not there, failed, or did not end. */
  const run = async (name: string, script: readonly string[], value?: string): Promise<Bytes | null> => {
    const file = FOLDERS.map((folder) => `${folder}/fish`).find(
      (path) => files.inspect(path)?.kind === 'file',
    );
    if (file === undefined) return null;
    const lines = [
      // Whatever the configuration has set may cover it in this fish.
      `while set -qg ${name}; set -eg ${name}; end`,
      `printf '\\n%s\\n' '${START}'`,
      ...script,
      `printf '\\n%s\\n' '${END}'`,
    ];
    const result = await processes.run({
      file,
      args: ['-c', lines.join('\n')],
      folder: '/',
      variables: {
        ...pickVariables(environment.variables, NEEDED),
        ...(value === undefined ? {} : { [VALUE]: value }),
      },
      deadline: DEADLINE,
      maxBytes: MAX_BYTES,
      printed: 'bytes',
    });
    if (result.state !== 'ended' || result.truncated) return null;
    const start = result.output.indexOf(`\n${START}\n`);
    const end = result.output.lastIndexOf(`\n${END}\n`);
    return start < 0 || end < start ? null : result.output.slice(start + START.length + 2, end);
  };
  const read = async (name: string): Promise<StoredVariable> => {
    const text = kept();
    if (!isVariableName(name) || text === null || !isNamed(text, name)) return { state: 'absent' };
    return storedVariable(await run(name, readScript(name)));
  };
  return {
    id: 'fish-universal',
    canRestore: true,
    read,
    async unset(name) {
      const text = kept();
      if (!isVariableName(name)) return 'not-possible';
      if (text === null || !isNamed(text, name)) return 'done';
      if (losesBytes(text)) return 'not-possible';
      const said = await run(name, [`set -eU ${name}`, `set -qU ${name}; or printf gone`]);
      if (said === null) return 'unreachable';
      return said === 'gone' && !isNamed(kept() ?? '', name) ? 'done' : 'failed';
    },
    async restore(name, variable) {
      const { value, type } = variable;
      const isOurs = isVariableName(name) && TYPES.includes(type) && /^$|\0$/.test(value);
      if (!isOurs || textOfBytes(value) === null || losesBytes(kept() ?? '')) return 'not-possible';
      const said = await run(name, restoreScript(name, type), escapedElements(value));
      if (said === null) return 'unreachable';
      const now = await read(name);
      return now.state === 'set' && now.value === value && now.type === type ? 'done' : 'failed';
    },
    unsetCommand: (name) => `set -eU ${name}`,
  };
}

const VALUE = 'CREDENCE_VALUE';
const START = '<credence-universal>';
const END = '</credence-universal>';
const TYPES: readonly string[] = ['--unexport', '--export', '--unexport --path', '--export --path'];

function readScript(name: string): readonly string[] {
  return [
    `if set -qU ${name}`,
    `set -qUx ${name}; and printf %s --export; or printf %s --unexport`,
    `set -qU --path ${name}; and printf %s ' --path'`,
    `printf '\\n'`,
    // Without elements it would print one that is empty.
    `set -q ${name}[1]; and printf '%s\\0' $${name}`,
    'else',
    'printf absent',
    'end',
  ];
}

function storedVariable(said: Bytes | null): StoredVariable {
  if (said === 'absent') return { state: 'absent' };
  const line = said?.indexOf('\n') ?? -1;
  const type = said?.slice(0, line) ?? '';
  if (said === null || !TYPES.includes(type)) return { state: 'unreachable' };
  return { state: 'set', value: said.slice(line + 1), type };
}

function restoreScript(name: string, type: string): readonly string[] {
  return [
    'set -l elements',
    `for part in (string split -n : -- $${VALUE})`,
    'set -a elements (printf (string sub -s 2 -- $part) | string collect --no-trim-newlines --allow-empty)',
    'end',
    `set -e ${VALUE}`,
    `set -U ${type} ${name} $elements`,
    'printf done',
  ];
}

/** For `printf`, in digits only, so that nothing in it means anything to fish. Each begins with a letter: none is empty. */
function escapedElements(value: Bytes): string {
  return value
    .split('\0')
    .slice(0, -1)
    .map((element) => `e${Array.from(element, octal).join('')}`)
    .join(':');
}

function octal(byte: string): string {
  return `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`;
}

/** The file has a line for it, whatever its flags; older versions wrote `SET` and `SET_EXPORT`. */
function isNamed(text: string, name: string): boolean {
  return text.split('\n').some((line) => new RegExp(`^SET.*\\s${name}:`).test(line));
}

/**
 * Bytes that are no UTF-8 come out of the file, and fish (3.6) then writes them as something that it cannot read again: with the
 * next change, to whatever variable, they are lost. Credence is not going to make that change.
 */
function losesBytes(text: string): boolean {
  return /\\X[89a-f]|\\uf6[0-9a-f]{2}|\ufffd/i.test(text);
}
