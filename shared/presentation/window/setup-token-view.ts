import { setupTokenEnds } from '../../core/clocks.ts';
import type { SignInDone, SignInFact, SignInQuestion, SignInTask } from '../../ipc/sign-in-snapshot.ts';
import { questionOf, type SignInTaskOf } from '../../usecases/desk/sign-in-task.ts';
import { betweenDays, formatDay, isDate, type Calendar } from '../days.ts';
import { printable } from '../printable.ts';
import {
  DAY_KEPT,
  DAY_NOT_KEPT,
  LEFT_WITHOUT_HARM,
  OTHER_DAY_COMMAND,
  SETUP_TOKEN_IS,
  WHERE_IT_GOES,
} from '../sign-in/setup-token-words.ts';
import { fact, type SignInView } from './claude-sign-in-view.ts';
import { QUESTION } from './sign-in-words.ts';

type SetupTokenTask = SignInTaskOf<'setup-token'>;

/** A token for scripts: what it is, the terminal, and the day it was made. The token itself is nowhere near this. */
export function setupTokenView(task: SetupTokenTask, { calendar }: SignInView): SignInTask {
  if (task.at === 'done' && task.noted?.ok === true) return noted(task.id, task.noted, calendar);
  const facts = knownDay(task.preview.madeAt, calendar);
  return task.at === 'question' || task.at === 'opening'
    ? beforeTerminal(task, facts)
    : afterTerminal(task, facts);
}

function beforeTerminal(task: SetupTokenTask, facts: readonly SignInFact[]): SignInQuestion {
  const isWorking = task.at === 'opening';
  return {
    ...questionBase(task),
    title: 'Set up a token for scripts?',
    lead: SETUP_TOKEN_IS,
    brief: isWorking ? 'A terminal is opening…' : 'A question about a token for scripts',
    facts,
    notes: [
      '“claude setup-token” runs in a terminal window of its own, which is yours alone.',
      LEFT_WITHOUT_HARM,
    ],
    action: 'Open a terminal',
    working: 'Opening…',
    isWorking,
    problem: null,
  };
}

/** Also where a person has to open the terminal. */
function afterTerminal(task: SetupTokenTask, facts: readonly SignInFact[]): SignInQuestion {
  const { opened, preview, noted } = task;
  return {
    ...questionBase(task),
    title: opened ? 'Was the token made?' : 'Make the token in a terminal of yours.',
    lead: opened ? WHERE_IT_GOES : `${SETUP_TOKEN_IS} ${WHERE_IT_GOES}`,
    brief: 'Was a token for scripts made?',
    facts,
    command: {
      label: opened
        ? 'No window came? Type this in a terminal:'
        : preview.hasTerminal
          ? 'No terminal opened. Type this in one:'
          : 'Credence found no terminal program to open. Type this in one:',
      text: printable(preview.command, LONGEST_COMMAND),
    },
    notes: [`For another day than today, use “${OTHER_DAY_COMMAND}”.`],
    action: 'It was made today',
    working: 'Keeping the day…',
    isWorking: task.at === 'noting',
    leave: 'Not made',
    problem: noted?.ok === false ? DAY_NOT_KEPT : null,
  };
}

/** Characters; a path and two words. */
const LONGEST_COMMAND = 512;

const questionBase = (task: SetupTokenTask) =>
  ({
    ...QUESTION,
    kind: 'question',
    id: task.id,
    questionId: questionOf(task) ?? task.id,
    lists: [],
    after: null,
    remedy: null,
  }) as const;

function noted(
  id: string,
  { madeAt, token }: Extract<NonNullable<SetupTokenTask['noted']>, { ok: true }>,
  calendar: Calendar,
): SignInDone {
  return {
    kind: 'done',
    id,
    title: 'The token’s year runs from today.',
    lead: DAY_KEPT[token],
    brief: 'The day of the token is kept',
    facts: daysOf(madeAt, calendar),
    after: [],
    notes: [],
    remedy: null,
  };
}

/** What is replaced by another day. */
const knownDay = (madeAt: number | null, calendar: Calendar): readonly SignInFact[] =>
  isDate(madeAt) ? daysOf(madeAt, calendar, 'Last made') : [];

function daysOf(madeAt: number, calendar: Calendar, label = 'Made'): readonly SignInFact[] {
  const { earliest, at } = setupTokenEnds(madeAt);
  return [
    // A day is the same one in every zone.
    ...fact('made', label, `on ${formatDay(madeAt, { ...calendar, utcOffsetMinutes: 0 })}`),
    ...fact('ends', at < calendar.now ? 'Ended' : 'Ends', betweenDays(earliest, at, calendar)),
  ];
}
