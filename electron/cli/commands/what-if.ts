import { gatherFacts } from '../../../shared/usecases/gather/gather-facts.ts';
import { inspect } from '../../../shared/usecases/inspect.ts';
import { WHAT_IF_PLACES, whatIf as suppose, type WhatIfChange } from '../../../shared/usecases/what-if.ts';
import { whatIfJson } from '../../../shared/presentation/what-if-json.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { CONTEXT_OPTIONS, questionOf } from '../context-options.ts';
import { EXIT } from '../exit-code.ts';
import { typedWord } from '../near-word.ts';
import { printJson } from '../print-json.ts';
import { UsageError } from '../usage-error.ts';

const PLACES = WHAT_IF_PLACES.join('|');

export const whatIf: Command = {
  name: 'what-if',
  summary: 'the answer with something taken away or added; nothing is changed',
  usage: 'credence what-if [--without NAME[@PLACE]]… [--with NAME[@PLACE]]… [OPTION…]',
  options: [
    { name: 'without', value: 'NAME', many: true, help: `a variable or a source, anywhere or at @${PLACES}` },
    { name: 'with', value: 'NAME', many: true, help: 'the same, added; no value is given or needed' },
    ...CONTEXT_OPTIONS,
  ],
  examples: [
    'credence what-if --without ANTHROPIC_API_KEY',
    'credence what-if --with apiKeyHelper@user --mode print',
  ],
  run: async ({ ports, arguments: given, terminal }) => {
    const changes = changesOf(given);
    const { context, request } = questionOf(ports, given, 'interactive');
    const facts = await gatherFacts(ports, request);
    const supposed = suppose(facts, changes);
    if (!supposed.ok) throw new UsageError(problemText(supposed.problem, supposed.target), 'what-if');
    const now = inspect(facts, context);
    const then = inspect(supposed.facts, context);
    if (given.flag('json')) printJson(terminal, whatIfJson(now, then, changes));
    else
      terminal.out(
        (await import('../../../shared/presentation/what-if-text.ts')).whatIfText(
          now,
          then,
          changes,
          terminal,
        ),
      );
    return then.verdict.outcome === 'unknown' ? EXIT.unknown : EXIT.answered;
  },
};

function changesOf(given: ParsedArguments): readonly WhatIfChange[] {
  const changes = [
    ...given.values('without').map((text) => changeOf('without', text)),
    ...given.values('with').map((text) => changeOf('with', text)),
  ];
  if (changes.length > 0) return changes;
  throw new UsageError('Say what to suppose: --without NAME or --with NAME.', 'what-if');
}

function changeOf(kind: WhatIfChange['kind'], text: string): WhatIfChange {
  if (text.includes('=')) {
    throw new UsageError(
      `--${kind} takes a name without a value; a secret does not belong on a command line.`,
      'what-if',
    );
  }
  const at = text.lastIndexOf('@');
  if (at < 0) return { kind, target: text, place: null };
  const place = WHAT_IF_PLACES.find((name) => name === text.slice(at + 1));
  if (place === undefined)
    throw new UsageError(`After “@” stands one of: ${WHAT_IF_PLACES.join(', ')}.`, 'what-if');
  return { kind, target: text.slice(0, at), place };
}

function problemText(problem: 'unknown-name' | 'not-addable' | 'not-there', target: string): string {
  const name = typedWord(target) ?? 'That name';
  switch (problem) {
    case 'unknown-name':
      return `${name} is neither a variable that Claude Code looks at nor a source.`;
    case 'not-addable':
      return `${name} cannot be supposed like this: name the variable or setting that would bring it.`;
    case 'not-there':
      return `${name} is not there.`;
  }
}
