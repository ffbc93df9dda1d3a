import {
  useEffect,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { useConnection } from '../stores/use-connection.tsx';
import { Chevron } from './mark.tsx';

interface Props {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly foot: ReactNode;
  /** The way back; the answer, where nothing else is said. */
  readonly back?: TaskBack;
}

export interface TaskBack {
  readonly label: string;
  /** Not now, for what is under way cannot be left; a button says so. */
  readonly isShut: boolean;
  readonly onBack: () => void;
}

/** A task takes the whole window, with a way back at the top. */
export function Task({ title, children, foot, back }: Props): ReactNode {
  const { show } = useConnection();
  const { label, isShut, onBack } = back ?? {
    label: 'Answer',
    isShut: false,
    onBack: () => {
      show('answer');
    },
  };
  const way = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    way.current?.focus();
  }, []);
  const task = useRef<HTMLDivElement>(null);
  useFocusKept(task, way);
  return (
    <div ref={task} className="task" onClickCapture={onlyFirstClick} onKeyDownCapture={onlyFirstPress}>
      <header className="task-head">
        <button
          ref={way}
          type="button"
          className="button button-plain"
          aria-disabled={isShut}
          onClick={() => {
            if (!isShut) onBack();
          }}
        >
          <Chevron to="left" />
          {label}
        </button>
      </header>
      <main className="task-body">
        <h1 className="answer-sentence">{title}</h1>
        {children}
      </main>
      {foot !== null && <footer className="task-foot">{foot}</footer>}
    </div>
  );
}

/**
 * The main button of the next step stands where the one before stood: the second half of a double click, or a key that is held,
 * would do what nobody has read.
 */
function onlyFirstClick(event: MouseEvent): void {
  if (event.detail < 2) return;
  event.preventDefault();
  event.stopPropagation();
}

function onlyFirstPress(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.repeat) event.preventDefault();
}

/**
 * Where the button with the focus goes, as one does that has done its work, the focus stays near: at what it stood in, if that
 * can have it, else at the way back.
 */
function useFocusKept(task: RefObject<HTMLElement | null>, way: RefObject<HTMLElement | null>): void {
  const last = useRef<{ readonly element: Element; readonly around: HTMLElement | null }>(null);
  useEffect(() => {
    const { current } = task;
    const remember = ({ target }: FocusEvent): void => {
      if (target instanceof Element)
        last.current = { element: target, around: target.closest<HTMLElement>('[tabindex="-1"]') };
    };
    current?.addEventListener('focusin', remember);
    return () => current?.removeEventListener('focusin', remember);
  }, [task]);
  // After every drawing: there is no other sign of it.
  useLayoutEffect(() => {
    if (last.current === null || last.current.element.isConnected || document.activeElement !== document.body)
      return;
    const { around } = last.current;
    (around?.isConnected === true ? around : way.current)?.focus();
  });
}
