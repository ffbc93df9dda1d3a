import { expect, type Locator, type Page } from '@playwright/test';
import type { Screen, Snapshot } from '../../shared/ipc/snapshot.ts';
import {
  canChoose,
  changesMany,
  done,
  doneNotUndone,
  keyRefused,
  plan,
  planOfNothing,
  planProblem,
  question,
  questionOfLeaving,
  undone,
} from './made-up/changes.ts';
import { commandsOf, test } from './window-page.ts';

const button = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true });

interface Press {
  readonly on: string;
  readonly snapshot: Snapshot;
  readonly screen?: Screen;
  readonly press: (page: Page) => Locator;
  readonly name: string;
  readonly asks: readonly unknown[];
}

const press = (
  on: string,
  snapshot: Snapshot,
  name: string,
  asks: readonly unknown[],
  more: Partial<Press> = {},
): Press => ({ on, snapshot, name, asks, press: button(name), ...more });

const radio = (name: RegExp) => ({ press: (page: Page) => page.getByRole('radio', { name }) });
const ON_CHANGES = { screen: 'changes' } as const;

const PRESSES: readonly Press[] = [
  press('the band', canChoose, 'Which do you want to use?…', ['askWhich']),
  press('the band', canChoose, 'Clear ANTHROPIC_API_KEY from ~/.zshrc:42…', ['startChange', 'change-1']),
  press('the answer', keyRefused, 'Is this key refused?', ['checkKey']),
  press('the question', question, 'API key', ['chooseOption', 'use-key'], radio(/^API key from/)),
  press('the question', question, 'Leave it', ['chooseOption', 'leave-it'], radio(/^Leave it/)),
  press('the question', question, 'Show the plan', ['showPlan']),
  press('the question', question, 'Cancel', ['leaveChange']),
  press('the question', question, 'Answer', ['leaveChange']),
  press('the question that leaves all as it is', questionOfLeaving, 'Done', ['leaveChange']),
  press('the plan', plan, 'Delete the line instead', ['setRemoval', true]),
  press('the plan', plan, 'Change this too: launchd, your session', ['includePlace', 'include-1']),
  press('the plan', plan, 'Change this too: ~/code/ledger/.env:3', ['includePlace', 'include-2']),
  press('the plan', plan, 'Clear from ~/.zshrc', ['applyPlan', 'plan-1']),
  press('the plan', plan, 'Cancel', ['leaveChange']),
  press('the plan', plan, 'Question', ['leaveChange']),
  press('a plan that failed', planProblem, 'Clear from ~/.zshrc', ['applyPlan', 'plan-1']),
  press('a plan of nothing', planOfNothing, 'Back to the question', ['leaveChange']),
  press('what is done', done, 'Undo', ['undoChange', 'done-1']),
  press('what is done', done, 'Back to the answer', ['leaveChange']),
  press('what is done', done, 'Answer', ['leaveChange']),
  press('an undo that failed', doneNotUndone, 'Undo', ['undoChange', 'done-1']),
  press('what is undone', undone, 'Back to the answer', ['leaveChange']),
  press(
    'the changes',
    changesMany,
    'Undo: Cleared the API key in ~/.config/fish/config.fish, 18 November, 09:41',
    ['undoChange', 'row-2'],
    ON_CHANGES,
  ),
];

for (const { on, snapshot, screen, name, press: find, asks } of PRESSES) {
  test(`on ${on}, “${name}” asks for ${asks.join(' ')}, and for nothing else`, async ({ open }) => {
    const page = await open(snapshot, screen);
    const before = await commandsOf(page);
    await find(page).click();
    expect((await commandsOf(page)).slice(before.length)).toEqual([asks]);
  });
}
