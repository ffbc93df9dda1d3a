import { useId, useState, type ReactNode } from 'react';
import { Chevron } from './mark.tsx';

/** A one-line row that unfolds. The whole line can be clicked; `head` holds what may be clicked by itself. */
export function Disclosure(props: {
  readonly className: string;
  readonly label: ReactNode;
  readonly before: ReactNode;
  readonly head?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div className={`${props.className}-head`}>
        {props.before}
        <button
          type="button"
          className={`${props.className}-toggle toggle`}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {props.label}
          <Chevron to={isOpen ? 'down' : 'right'} />
        </button>
        {props.head}
      </div>
      <div id={id} className={`${props.className}-open`} hidden={!isOpen}>
        {isOpen && props.children}
      </div>
    </>
  );
}
