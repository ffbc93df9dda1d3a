import { resolve } from 'node:path';
import { HELPER_SETTING } from '../../../../shared/core/sources/api-key-helper.ts';
import { SOURCES, WATCHED } from '../../../../shared/core/sources/index.ts';
import type { SourceId } from '../../../../shared/core/source-id.ts';
import type { Ports } from '../../../../shared/ports/ports.ts';
import { REFUSAL_SENTENCES } from '../../../../shared/presentation/change-refusals.ts';
import { namesOfTarget } from '../../../../shared/usecases/changes/names-of-goal.ts';
import type { Wish } from '../../../../shared/usecases/changes/plan-request.ts';
import type { ParsedArguments } from '../../command.ts';
import { typedWord } from '../../near-word.ts';
import { UsageError } from '../../usage-error.ts';

/** What to do with the names; without any of them they are cleared. */
const WAYS = ['cancel', 'keychain', 'forget-answer'] as const;
type Way = (typeof WAYS)[number];

/** Reads what was typed into a wish; throws `UsageError` where it could mean several things, or none. */
export function typedWish(
  given: ParsedArguments,
  { environment, files }: Pick<Ports, 'environment' | 'files'>,
): Wish {
  const use = given.value('use') as SourceId | null;
  const narrow = given.value('narrow');
  const operands = given.operands;
  const ways = WAYS.filter((way) => given.flag(way));
  const [way] = ways;
  if ([use !== null, narrow !== null, operands.length > 0].filter(Boolean).length !== 1) {
    throw wrong('Say one thing to clear: names of variables or sources, or --use SOURCE, or --narrow FILE.');
  }
  if (ways.length > 1) throw wrong(`Choose one: ${ways.map((one) => `--${one}`).join(' or ')}.`);
  if (way !== undefined && operands.length === 0) throw wrong(`--${way} takes the name of a variable.`);
  if (given.flag('exported') && way !== 'keychain') throw wrong('--exported goes with --keychain.');
  if (given.flag('insecure-file') && way !== 'keychain') throw wrong('--insecure-file goes with --keychain.');
  refuseWithoutLines(given, way, narrow !== null);
  if (use !== null) return { kind: 'use', source: use };
  if (narrow !== null) {
    const path = resolve(environment.workingFolder, narrow);
    if (narrow === '' || files.inspect(path)?.kind !== 'file')
      throw wrong('--narrow names nothing that is a file, or one that may not be looked at.');
    return { kind: 'narrow-mode', path };
  }
  const names = operands.flatMap((operand) => {
    const all = namesTyped(operand);
    // A source stands for its names; those that hold no key cannot be moved.
    return way === 'keychain' && all.length > 1 ? all.filter(isSecret) : all;
  });
  return wishFor([...new Set(names)], way, given.flag('exported'));
}

/** Options about lines and files, where no line is taken out of force. */
function refuseWithoutLines(given: ParsedArguments, way: Way | undefined, narrows: boolean): void {
  const other = narrows ? 'narrow' : way === 'keychain' ? null : (way ?? null);
  if (other !== null) {
    if (given.values('include').length > 0) throw wrong(`--include does not go with --${other}.`);
    if (given.flag('remove')) throw wrong(`--remove does not go with --${other}.`);
  }
  if (given.flag('exported') && given.flag('remove'))
    throw wrong('--remove does not go with --exported: the line stays.');
}

function wishFor(names: readonly string[], way: Way | undefined, exported: boolean): Wish {
  switch (way) {
    case undefined:
      return { kind: 'clear', names };
    case 'cancel':
      if (names.includes(HELPER_SETTING))
        throw wrong(`--cancel is for variables, and ${HELPER_SETTING} is none. Clear it without --cancel.`);
      return { kind: 'cancel', names };
    case 'keychain':
      refuseForKeychain(names, exported);
      return { kind: 'to-keychain', names, by: exported ? 'command' : 'helper' };
    case 'forget-answer':
      if (names.some((name) => WATCHED.get(name)?.source !== 'api-key'))
        throw wrong(`--forget-answer is for the API key alone: Claude Code asks about no other.`);
      return { kind: 'forget-answer', names };
  }
}

/** A helper’s output goes into both headers, which only an API key or an auth token can fill. */
function refuseForKeychain(names: readonly string[], exported: boolean): void {
  const other = names.find((name) => !isSecret(name));
  if (other !== undefined) throw wrong(`--keychain is for keys and tokens, and ${other} is none.`);
  if (exported) return;
  if (names.length > 1)
    throw wrong(
      'Claude Code has one API key helper, so --keychain takes one name. Add --exported for several.',
    );
  const byHelper = [...SOURCES['api-key'].variables, ...SOURCES['auth-token'].variables];
  if (!names.every((name) => byHelper.some((variable) => variable.name === name)))
    throw wrong(`A helper cannot give ${names.join('')}. Add --exported to look it up in the shell.`);
}

function namesTyped(target: string): readonly string[] {
  if (target.includes('='))
    throw wrong('Give a name without a value; a secret does not belong on a command line.');
  const named = namesOfTarget(target);
  if (named.ok) return named.names;
  const typed = typedWord(target) ?? 'That name';
  switch (named.why) {
    case 'unknown-name':
      throw wrong(`${typed} is neither a variable that Claude Code looks at nor a source.`);
    case 'log-out':
      throw wrong(`${typed}: ${REFUSAL_SENTENCES['log-out']}`);
    case 'own-file':
      throw wrong(`${typed} is kept in files of its own, which Credence does not change.`);
  }
}

const isSecret = (name: string): boolean => WATCHED.get(name)?.kind === 'secret';

const wrong = (message: string): UsageError => new UsageError(message, 'clear');
