import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type ToggleEvent,
} from 'react';
import { Chevron } from './mark.tsx';

export type MenuEntry =
  | { readonly kind: 'separator'; readonly key: string }
  | { readonly kind: 'text'; readonly key: string; readonly label: string }
  | {
      readonly kind: 'action';
      readonly key: string;
      readonly label: string;
      readonly title?: string;
      readonly isPath?: boolean;
      /** `null`: not a choice. */
      readonly checked: boolean | null;
      readonly enabled: boolean;
      readonly accelerator: string | null;
      readonly onChoose: () => void;
    }
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly label: string;
      readonly entries: readonly MenuEntry[];
    };

interface Props {
  readonly label: string;
  /** What the button shows, in words: read after the label. */
  readonly shown: string;
  readonly title?: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly entries: readonly MenuEntry[];
}

const ITEMS = '[role="menuitem"], [role="menuitemradio"]';

/** A button with a menu in the top layer: the browser closes it on Escape or a click elsewhere, and gives the focus back. */
export function MenuButton({ label, shown, title, className, children, entries }: Props): ReactNode {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);

  const enter = (): void => {
    if (menu.current !== null) itemsOf(menu.current).at(0)?.focus();
  };
  const onToggle = (event: ToggleEvent<HTMLDivElement>): void => {
    const opens = event.newState === 'open';
    // Closed and opened again at once is one event to the browser, and no change.
    if (opens && isOpen) enter();
    setOpen(opens);
  };
  useEffect(() => {
    if (isOpen) enter();
  }, [isOpen]);
  const close = (): void => {
    menu.current?.hidePopover();
  };

  return (
    <>
      <button
        type="button"
        className={className}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={`${label} ${shown}`}
        title={title}
      >
        {children}
        <Chevron to="down" />
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        className="menu"
        onToggle={onToggle}
        onKeyDown={(event) => {
          moveFocus(event, close);
        }}
      >
        {isOpen && <Entries entries={entries} close={close} />}
      </div>
    </>
  );
}

function Entries({ entries, close }: { readonly entries: readonly MenuEntry[]; readonly close: () => void }) {
  return entries.map((entry) => <Entry key={entry.key} entry={entry} close={close} />);
}

function Entry({ entry, close }: { readonly entry: MenuEntry; readonly close: () => void }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  switch (entry.kind) {
    case 'separator':
      return <div role="separator" className="menu-separator" />;
    case 'text':
      return (
        <div role="menuitem" aria-disabled="true" tabIndex={-1} className="menu-item menu-text">
          <bdi>{entry.label}</bdi>
        </div>
      );
    case 'action':
      return (
        <button
          type="button"
          role={entry.checked === null ? 'menuitem' : 'menuitemradio'}
          aria-checked={entry.checked ?? undefined}
          aria-disabled={!entry.enabled}
          tabIndex={-1}
          className="menu-item"
          title={entry.title}
          onClick={() => {
            if (!entry.enabled) return;
            close();
            entry.onChoose();
          }}
        >
          {entry.checked !== null && (
            <span className="menu-check" aria-hidden="true">
              {entry.checked ? '✓' : ''}
            </span>
          )}
          <bdi className={entry.isPath === true ? 'menu-label place' : 'menu-label'}>{entry.label}</bdi>
          {entry.accelerator !== null && <span className="menu-keys">{keysOf(entry.accelerator)}</span>}
        </button>
      );
    case 'group':
      return (
        <>
          <button
            type="button"
            role="menuitem"
            aria-expanded={isOpen}
            tabIndex={-1}
            className="menu-item"
            onClick={() => {
              setOpen(!isOpen);
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') setOpen(true);
              if (event.key === 'ArrowLeft') setOpen(false);
            }}
          >
            <bdi className="menu-label">{entry.label}</bdi>
            <Chevron to={isOpen ? 'down' : 'right'} />
          </button>
          {isOpen && (
            <div role="group" aria-label={entry.label} className="menu-group">
              <Entries entries={entry.entries} close={close} />
            </div>
          )}
        </>
      );
  }
}

const itemsOf = (menu: Element): readonly HTMLElement[] => [...menu.querySelectorAll<HTMLElement>(ITEMS)];

/** Arrows go round, as in the system’s menus; a letter goes to the next item that begins with it. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>, close: () => void): void {
  const items = itemsOf(event.currentTarget);
  const at = items.findIndex((item) => item === document.activeElement);
  const go = (to: number): void => {
    event.preventDefault();
    items.at(to % items.length)?.focus();
  };
  if (event.key === 'ArrowDown') go(at + 1);
  else if (event.key === 'ArrowUp') go(at <= 0 ? -1 : at - 1);
  else if (event.key === 'Home') go(0);
  else if (event.key === 'End') go(-1);
  else if (event.key === 'Tab') close();
  else if (/^\S$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const rest = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    const letter = event.key.toLowerCase();
    const found = rest.find((item) => item.textContent.trim().toLowerCase().startsWith(letter));
    if (found !== undefined) go(items.indexOf(found));
  }
}

/** Keys as this system’s people write them. */
function keysOf(accelerator: string): string {
  return accelerator.replace('CmdOrCtrl', navigator.userAgent.includes('Mac') ? 'Cmd' : 'Ctrl');
}
