import type { FileStore } from '../ports/file-store.ts';
import type { Script } from './scripted-process-runner.ts';

/** What every command prints in a made-up shell: a value for a secret and for an address. */
const PRINTED = 'https://made-up.printed.example';

export interface MadeUpLoginShell {
  readonly shell: 'zsh' | 'bash';
  readonly home: string;
  readonly files: Pick<FileStore, 'read'>;
  /** What `credence secret` would print. */
  readonly secret?: (name: string) => string;
}

const START_UP: Readonly<Record<MadeUpLoginShell['shell'], readonly string[]>> = {
  zsh: ['.zshenv', '.zprofile', '.zshrc', '.zlogin'],
  bash: ['.bash_profile'],
};

/**
 * Answers the question for a login shell’s environment by running its start-up files, as they are at that moment. It knows one
 * statement in each line: `export`, an assignment, `unset`, a file that is sourced, `if true`, `if false` and
 * `if [ -z "$NAME" ]` around others, and `eval` of what no reader can see. What else stands in a file is passed over.
 * What it is started with it exports, too.
 */
export function madeUpLoginShell({ shell, home, files, secret }: MadeUpLoginShell): Script {
  return ({ file, args, variables }) => {
    if (file !== `/bin/${shell}`) return null;
    const inherited = Object.entries(variables).filter(([, value]) => value !== undefined);
    const values = new Map(inherited.map(([name, value]) => [name, value ?? '']));
    const exported = new Set(values.keys());
    const run = (name: string): void => {
      const reading = files.read(`${home}/${name}`, Infinity);
      if (reading.state === 'read') for (const line of reading.text.split('\n')) runLine(line);
    };
    let skipping = false;
    const runLine = (line: string): void => {
      const text = line.trim();
      const asked = /^if \[ -z "\$(\w+)" \]$/.exec(text)?.[1];
      if (asked !== undefined) skipping = (values.get(asked) ?? '') !== '';
      else if (/^if (true|false)$/.test(text)) skipping = text === 'if false';
      else if (text === 'fi') skipping = false;
      else if (!skipping && !text.startsWith('#')) for (const part of text.split('; ')) runOne(part);
    };
    const runOne = (part: string): void => {
      const sourced = /^\. ~\/(\S+)$/.exec(part)?.[1];
      if (sourced !== undefined) run(sourced);
      const [, hidden, told] = /^eval "\$\(opaque (\w+) (\S+)\)"$/.exec(part) ?? [];
      if (hidden !== undefined && told !== undefined) {
        values.set(hidden, told);
        exported.add(hidden);
      }
      const [, isExport, name, value] = /^(export )?(\w+)(?:=(.*))?$/.exec(part) ?? [];
      if (name === undefined || (isExport === undefined && value === undefined)) {
        const gone = /^unset (\w+)$/.exec(part)?.[1];
        if (gone !== undefined) values.delete(gone);
        return;
      }
      if (isExport !== undefined) exported.add(name);
      if (value !== undefined) values.set(name, expanded(value, secret));
    };
    for (const name of START_UP[shell]) run(name);
    const mark = /<(credence-\d+-environment)>/.exec(args.join(' '))?.[1] ?? '';
    const pairs = [...values].flatMap(([name, value]) => (exported.has(name) ? `${name}=${value}\0` : []));
    return { prints: `\n<${mark}>\n${pairs.join('')}\n</${mark}>\n` };
  };
}

function expanded(value: string, secret: MadeUpLoginShell['secret']): string {
  const bare = value.replace(/^(["'])(.*)\1$/, '$2');
  const asked = /^\$\(credence secret (\w+)\)$/.exec(bare)?.[1];
  if (asked !== undefined) return secret?.(asked) ?? '';
  return bare.startsWith('$(') ? PRINTED : bare;
}
