import { SOURCE_IDS } from '../../../shared/core/source-id.ts';
import { checkJson } from '../../../shared/presentation/check-json.ts';
import { PAYERS, check as holdAgainst, type Expectations } from '../../../shared/usecases/check.ts';
import { gatherFacts } from '../../../shared/usecases/gather/gather-facts.ts';
import { inspect, type Inspection } from '../../../shared/usecases/inspect.ts';
import type { Ports } from '../../../shared/ports/ports.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { CONTEXT_OPTIONS, questionOf } from '../context-options.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../print-json.ts';
import { UsageError } from '../usage-error.ts';
import { VERSION } from '../version.ts';

const EXPECTABLE: readonly string[] = [...PAYERS, ...SOURCE_IDS];

export const check: Command = {
  name: 'check',
  summary: 'an exit code for scripts: is it the credential you mean?',
  usage: 'credence check [--expect VALUE] [--no-metered] [--min-login TIME] [--org ID] [--live] [OPTION…]',
  options: [
    {
      name: 'expect',
      value: 'VALUE',
      choices: EXPECTABLE,
      help: 'who pays (subscription, metered, …) or a source (claude-login, …)',
    },
    { name: 'no-metered', help: 'no header may carry a credential that is paid per use' },
    {
      name: 'min-login',
      value: 'TIME',
      help: 'the Claude login must last this long for certain: 30m, 24h, 7d',
    },
    { name: 'org', value: 'ID', help: 'the organisation that the login or profile belongs to' },
    { name: 'live', help: 'ask the server, in one request, whether it refuses your own API key' },
    ...CONTEXT_OPTIONS,
  ],
  examples: [
    'credence check --expect subscription --min-login 24h',
    'credence check --no-metered --mode print',
    'credence check --live',
  ],
  run: async ({ ports, arguments: given, terminal }) => {
    const expectations = expectationsOf(given);
    const { context, request } = questionOf(ports, given, 'print');
    const gathered = inspect(await gatherFacts(ports, request), context);
    const inspection = given.flag('live') ? await checkedLive(ports, gathered) : gathered;
    const { liveCheck } = inspection.facts;
    const results = holdAgainst(inspection, expectations);
    if (given.flag('json')) printJson(terminal, checkJson(inspection, results));
    else
      terminal.out(
        (await import('../../../shared/presentation/check-text.ts')).checkText(inspection, results, terminal),
      );
    if (results.some(({ met }) => met === 'no') || liveCheck?.state === 'stale') return EXIT.notMet;
    const untold = results.some(({ met }) => met === 'unknown') || liveCheck?.state === 'cannot-tell';
    return untold ? EXIT.unknown : EXIT.answered;
  },
};

async function checkedLive(ports: Ports, inspection: Inspection): Promise<Inspection> {
  const { checkKey, withLiveCheck } = await import('../../../shared/usecases/check-key.ts');
  return withLiveCheck(inspection, await checkKey(ports, inspection, `credence/${VERSION}`));
}

function expectationsOf(given: ParsedArguments): Expectations {
  const login = given.value('min-login');
  const expectations = {
    expect: given.value('expect'),
    noMetered: given.flag('no-metered'),
    minLogin: login === null ? null : duration(login),
    organisation: given.value('org'),
  };
  const any = expectations.expect ?? expectations.minLogin ?? expectations.organisation;
  if (any !== null || expectations.noMetered || given.flag('live')) return expectations;
  throw new UsageError('Say what you expect: --expect, --no-metered, --min-login, --org or --live.', 'check');
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function duration(text: string): number {
  const match = /^(\d{1,6})([mhd])$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  if (match === null || unit === undefined)
    throw new UsageError('--min-login takes a time such as 30m, 24h or 7d.', 'check');
  return Number(match[1]) * unit;
}
