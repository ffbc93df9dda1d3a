import { expect, test } from 'vitest';
import type { WindowView } from '../../shared/presentation/window/window-snapshot.ts';
import { publishedView } from './published-view.ts';

/** A view of which only the text matters here. */
function played(): { say: (text: string) => void; seat: ReturnType<typeof publishedView>; shown: string[] } {
  let text = 'first';
  const shown: string[] = [];
  const said = (view: WindowView): string => `${String(view.snapshot.revision)} ${view.tooltip}`;
  const seat = publishedView(
    (revision) => ({ tray: null, tooltip: text, snapshot: { revision, text } }) as unknown as WindowView,
    (view) => shown.push(said(view)),
  );
  return { say: (next) => (text = next), seat, shown };
}

test('What reads like the last view is not shown again, and takes no number.', () => {
  const { say, seat, shown } = played();
  for (const text of ['first', 'first', 'second', 'second', 'first']) {
    say(text);
    seat.publish();
  }
  expect(shown).toEqual(['1 first', '2 second', '3 first']);
});

test('Who asks before anything was shown makes it be shown, and then gets what is shown.', () => {
  const { say, seat, shown } = played();
  expect(seat.newest()).toMatchObject({ revision: 1 });
  say('second');
  expect(seat.newest()).toMatchObject({ revision: 1 });
  seat.publish();
  expect(seat.newest()).toMatchObject({ revision: 2 });
  expect(shown).toEqual(['1 first', '2 second']);
});
