import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  /** While something is under way, nobody leaves; the button keeps the focus. */
  readonly isShut: boolean;
  readonly onLeave: () => void;
}

/** Leaves a task without doing what its main button does. */
export function LeaveButton({ label, isShut, onLeave }: Props): ReactNode {
  return (
    <button
      type="button"
      className="button button-plain"
      aria-disabled={isShut}
      onClick={() => {
        if (!isShut) onLeave();
      }}
    >
      <bdi>{label}</bdi>
    </button>
  );
}
