import { useEffect, useId, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { LONGEST_PASTE, type PasteField } from '../../shared/ipc/sign-in-snapshot.ts';
import { useConnection } from '../stores/use-connection.tsx';

/**
 * For what the browser shows. It is in this field and nowhere else: no state holds it, and it is gone from here before it has
 * arrived in the main process.
 */
export function PasteFieldView({ field }: { readonly field: PasteField }): ReactNode {
  const { label, placeholder, action, said } = field;
  const { run } = useConnection();
  const input = useRef<HTMLInputElement>(null);
  const [isEmpty, setEmpty] = useState(true);
  const [isLong, setLong] = useState(false);
  const id = useId();
  const words = isLong ? { text: TOO_LONG, isTrouble: true } : said;
  useFocusOnce(input);

  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    const { current } = input;
    const text = current?.value.trim() ?? '';
    if (current === null || text === '') return;
    current.value = '';
    setEmpty(true);
    setLong(text.length > LONGEST_PASTE);
    current.focus();
    if (text.length <= LONGEST_PASTE) void run((main) => main.sendCode(text));
  };

  return (
    <form className="paste" onSubmit={send} autoComplete="off">
      <label htmlFor={id} className="second-line">
        <bdi>{label}</bdi>
      </label>
      <input
        ref={input}
        id={id}
        type="text"
        dir="ltr"
        className="field"
        placeholder={placeholder}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="send"
        aria-describedby={words === null ? undefined : `${id}-said`}
        aria-invalid={words?.isTrouble === true}
        onChange={({ target }) => {
          setEmpty(target.value.trim() === '');
          setLong(false);
        }}
      />
      <button type="submit" className="button" aria-disabled={isEmpty}>
        <bdi>{action}</bdi>
      </button>
      {words !== null && (
        <p id={`${id}-said`} className={words.isTrouble ? 'paste-said tone-red' : 'paste-said second'}>
          <bdi>{words.text}</bdi>
        </p>
      )}
    </form>
  );
}

const TOO_LONG = 'That is too long to be a code. It was not sent.';

/** Whoever comes back from the browser can paste at once; who has gone elsewhere in this window stays there. */
function useFocusOnce(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    // After the page has put the focus at its way back.
    const frame = requestAnimationFrame(() => {
      const { activeElement } = document;
      const isAtStart = activeElement === document.body || activeElement?.closest('.task-head') != null;
      if (isAtStart) input.current?.focus({ preventScroll: true });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [input]);
}
