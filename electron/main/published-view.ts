import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { WindowView } from '../../shared/presentation/window/window-snapshot.ts';

export interface PublishedView {
  /** Draws anew, and shows it if it reads differently. */
  readonly publish: () => void;
  /** What was shown last. */
  readonly newest: () => Snapshot;
}

/**
 * What tray and window show at one time.
 *
 * @param draw gets the number that the view will have if it is shown
 */
export function publishedView(
  draw: (revision: number) => WindowView,
  show: (view: WindowView) => void,
): PublishedView {
  let revision = 0;
  let text = '';
  let snapshot: Snapshot | null = null;

  const publish = (): Snapshot => {
    const view = draw(revision + 1);
    // One that reads like the last one is no news.
    const next = JSON.stringify({ ...view.snapshot, revision: 0 });
    if (snapshot !== null && next === text) return snapshot;
    text = next;
    revision += 1;
    snapshot = view.snapshot;
    show(view);
    return snapshot;
  };
  return { publish, newest: () => snapshot ?? publish() };
}
