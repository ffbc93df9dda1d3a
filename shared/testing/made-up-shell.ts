import type { ProgramBehaviour } from './scripted-process-runner.ts';

/**
 * What `/bin/sh` does with the few commands that helpers in recorded worlds consist of: `echo`, `printf` with a text,
 * `exit`, `true`, `basename`, and output sent elsewhere, joined by `;`. Anything else is not found, which is exit code 127.
 */
export function madeUpShell(script: string, folder: string): ProgramBehaviour {
  let prints = '';
  let exitCode = 0;
  for (const command of commandsOf(script)) {
    const words = wordsOf(command.replace(/\$PWD/g, () => folder));
    const redirected = words.findIndex((word) => /^\d?>/.test(word));
    const [program = '', ...args] = redirected < 0 ? words : words.slice(0, redirected);
    if (program === 'exit') return { prints, exitCode: Number(args[0] ?? exitCode) };
    const result = runBuiltIn(program, args);
    if (redirected < 0) prints += result.prints;
    exitCode = result.exitCode;
  }
  return { prints, exitCode };
}

function runBuiltIn(
  program: string,
  args: readonly string[],
): { readonly prints: string; readonly exitCode: number } {
  const printed = (prints: string): { readonly prints: string; readonly exitCode: number } => ({
    prints,
    exitCode: 0,
  });
  switch (program) {
    case '':
    case 'true':
      return printed('');
    case 'echo':
      return printed(`${args.join(' ')}\n`);
    case 'printf':
      return printed((args[0] ?? '').replace(/\\([nrt])/g, (_, letter: string) => ESCAPES[letter] ?? ''));
    case 'basename':
      return printed(`${args[0]?.split('/').at(-1) ?? ''}\n`);
    default:
      return { prints: '', exitCode: 127 };
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Quotes keep a `;` from ending a command. */
function commandsOf(script: string): readonly string[] {
  return script.match(/(?:'[^']*'|"[^"]*"|[^;'"])+/g) ?? [];
}

function wordsOf(command: string): readonly string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  );
}
