import type { OrganisationSignInState } from '../../../../shared/core/sign-in/organisation-sign-in.ts';
import { wayOfSignIn, type SignInHow } from '../../../../shared/core/sign-in/way-of-sign-in.ts';
import { durationPhrase } from '../../../../shared/presentation/durations.ts';
import { printable } from '../../../../shared/presentation/printable.ts';
import { signedInJson } from '../../../../shared/presentation/sign-in/organisation-json.ts';
import {
  DEVICE_HINT,
  PASTE_HINT,
  pasteWords,
  signInFailureWords,
  signInStepWords,
} from '../../../../shared/presentation/sign-in/organisation-words.ts';
import { LANDING_PAGES } from '../../../../shared/presentation/sign-in/landing-pages.ts';
import { wrap } from '../../../../shared/presentation/text-layout.ts';
import { organisationTokens } from '../../../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import type { RunningOrganisationSignIn } from '../../../../shared/usecases/sign-in/running-sign-in.ts';
import { startOrganisationSignIn } from '../../../../shared/usecases/sign-in/start-organisation-sign-in.ts';
import type { CommandInput, ParsedArguments } from '../../command.ts';
import { EXIT } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { hiddenLines } from '../../hidden-lines.ts';
import { exitCodeOf, hearInterrupts, type Interrupt } from '../../interrupts.ts';
import { UsageError } from '../../usage-error.ts';
import { namedProvider } from '../providers/named-provider.ts';
import { secondCounter } from './second-counter.ts';

/** `credence login --provider NAME`: prints the address always, and how it ended. With `--json` the way there is told on stderr. */
export async function loginToOrganisation(input: CommandInput): Promise<number> {
  const { arguments: given, terminal } = input;
  const name = given.value('provider') ?? '';
  if (given.operands.length > 0)
    throw new UsageError('--provider stands for itself: leave the other word out.', 'login');
  if (given.flag('device') && given.flag('no-browser'))
    throw new UsageError('--device opens no browser anyway. Choose one: --device or --no-browser.', 'login');
  const ports = await input.signInPorts();
  const provider = namedProvider(ports, name, 'login');
  const json = given.flag('json');
  const say = (text: string): void => {
    if (json) terminal.error(text);
    else terminal.out(text);
  };
  const typed = howTyped(given);
  const how = typed ?? wayOfSignIn(ports.environment, provider);
  const running = startOrganisationSignIn(ports, organisationTokens(ports), provider, how, LANDING_PAGES);
  let interrupt = null as Interrupt | null;
  const cancel = (by: Interrupt): void => {
    // Who asks twice waits for nothing more.
    if (interrupt !== null) process.exit(exitCodeOf(by));
    interrupt = by;
    void running.cancel();
  };
  const deafen = hearInterrupts(cancel);
  const counter = secondCounter(say, json ? process.stderr : process.stdout);
  const lines = hiddenLines(process.stdin, {
    line: (text) => {
      running.paste(text);
      const words = pasteWords(running.state().paste);
      if (words !== null) counter.above(`${wrap(words, terminal.columns).join('\n')}\n`);
    },
    interrupt: () => {
      cancel('SIGINT');
    },
    hungUp: () => {
      // The signal may have come already, and a second one would end the first one's work.
      if (interrupt === null) cancel('SIGHUP');
    },
  });
  tellSteps(running, { how, typed, now: () => ports.clock.now() }, counter.above, terminal.columns);
  const last = await running.ended;
  lines.close();
  counter.stop();
  deafen();
  if (json) printJson(terminal, signedInJson(last));
  else say(`${lastLines(last, terminal.columns).join('\n')}\n`);
  if (last.step.at === 'done') return EXIT.answered;
  return interrupt !== null && last.step.at === 'cancelled' ? exitCodeOf(interrupt) : EXIT.notMet;
}

function howTyped(given: ParsedArguments): SignInHow | null {
  if (given.flag('device')) return 'device';
  return given.flag('no-browser') ? 'address-only' : null;
}

/** Prints what a person needs for each step, once. */
function tellSteps(
  running: RunningOrganisationSignIn,
  given: { readonly how: SignInHow; readonly typed: SignInHow | null; readonly now: () => number },
  print: (text: string) => void,
  columns: number,
): void {
  let told: OrganisationSignInState['step']['at'] | null = null;
  running.onChange(() => {
    const { step, host, stopsAt } = running.state();
    if (step.at === told) return;
    told = step.at;
    const lines = (text: string): readonly string[] => wrap(text, columns);
    const lasts = stopsAt === null ? null : durationPhrase(stopsAt - given.now());
    if (step.at === 'waiting') {
      const where = host === null ? '' : ` at ${printable(host, 100)}`;
      print(
        [
          ...lines(
            given.how === 'address-only'
              ? `Sign in${where}. Open this address in a browser:`
              : `Sign in${where}, on the page that opens in your browser. If none does, open this address yourself:`,
          ),
          '',
          `  ${printable(running.address() ?? '', 4000)}`,
          '',
          ...lines(PASTE_HINT),
          ...lines(
            `What you paste is not shown. ${lasts === null ? '' : `Credence waits ${lasts}. `}Ctrl+C cancels.`,
          ),
          '',
        ].join('\n'),
      );
    } else if (step.at === 'device') {
      print(
        [
          ...(given.typed === null
            ? [
                ...lines(
                  'No browser that is known here could come back to Credence, so you sign in with a code.',
                ),
                '',
              ]
            : []),
          ...lines('Open this page on any machine:'),
          '',
          `  ${printable(step.verificationUri, 500)}`,
          '',
          ...lines('and type this code:'),
          '',
          `  ${printable(step.userCode, 60)}`,
          '',
          ...lines(DEVICE_HINT),
          ...lines(`${lasts === null ? '' : `The code is good for ${lasts}. `}Ctrl+C cancels.`),
          '',
        ].join('\n'),
      );
    } else if (step.at === 'exchanging' || step.at === 'keeping') {
      print(`${lines(signInStepWords(running.state())).join('\n')}\n`);
    }
  });
}

function lastLines(last: OrganisationSignInState, columns: number): readonly string[] {
  const { step, provider } = last;
  if (step.at === 'failed') {
    const words = signInFailureWords(step.why, provider);
    return [...wrap(`${words.happened} ${words.means}`, columns), ...wrap(words.do, columns)];
  }
  const end = wrap(printable(signInStepWords(last), 500), columns);
  if (step.at !== 'done') return end;
  const { missingScopes } = step.note;
  return [
    ...end,
    ...(missingScopes.length === 0
      ? []
      : wrap(
          `The provider did not grant ${missingScopes.map((scope) => printable(scope, 60)).join(', ')}.`,
          columns,
        )),
    ...wrap(`“credence providers --use ${provider}” lets Claude Code ask for the token.`, columns),
  ];
}
