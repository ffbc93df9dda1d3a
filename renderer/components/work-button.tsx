import { useRef, useState, type ReactNode } from 'react';
import type { Ask } from '../stores/connection.ts';
import { useConnection } from '../stores/use-connection.tsx';

interface Props {
  readonly label: string;
  /** For a screen reader, where the label alone does not say what of several is meant. */
  readonly says?: string;
  /** “Changing…”: said instead of the label from the press until it is done. */
  readonly working: string;
  readonly isWorking: boolean;
  readonly isMain?: boolean;
  readonly ask: Ask;
  /** The part of the snapshot that the command is about: pressed once, it does nothing until that is another one. */
  readonly about: object;
}

/** A button that changes something, and can do so once only. It keeps the focus while it works: it is not disabled, it says why. */
export function WorkButton(props: Props): ReactNode {
  const { label, says = label, working, isWorking, isMain = false, ask, about } = props;
  const { run } = useConnection();
  // Not only a state: two presses can come before it is drawn anew.
  const sent = useRef<object | 'on its way' | null>(null);
  const [shown, show] = useState<typeof sent.current>(null);
  const isBusy = isWorking || shown === 'on its way' || shown === about;
  const note = (now: typeof sent.current): void => {
    sent.current = now;
    show(now);
  };
  const press = (): void => {
    if (isWorking || sent.current === 'on its way' || sent.current === about) return;
    note('on its way');
    void run(ask).then((isDone) => {
      note(isDone ? about : null);
    });
  };
  return (
    <button
      type="button"
      className={isMain ? 'button button-main' : 'button'}
      aria-label={says === label ? undefined : isBusy ? `${working} ${says}` : says}
      aria-disabled={isBusy}
      onClick={press}
    >
      <bdi>{isBusy ? working : label}</bdi>
    </button>
  );
}
