import type { ReactNode } from 'react';
import type { ContextBar, MenuItem, ModeTab } from '../../shared/ipc/snapshot.ts';
import { Chevron, VerdictSign } from '../components/mark.tsx';
import { MenuButton, type MenuEntry } from '../components/menu.tsx';
import type { Connection } from '../stores/connection.ts';
import { useConnection } from '../stores/use-connection.tsx';

interface Props {
  readonly bar: ContextBar;
  readonly menu: readonly MenuItem[];
  readonly looking: boolean;
}

/** What the question is asked for. It stays on top while the proof below scrolls. */
export function ContextBarView({ bar, menu, looking }: Props): ReactNode {
  const { show } = useConnection();
  return (
    <header className="context">
      <div className="context-sheet">
        <div className="context-row">
          <FolderMenu bar={bar} />
          <SurfaceMenu bar={bar} />
          <Version version={bar.version} looking={looking} />
          <AppMenu menu={menu} />
        </div>
        <div className="context-row">
          <ModeTabs mode={bar.mode} modes={bar.modes} />
          <button
            type="button"
            className="link all-modes"
            onClick={() => {
              show('matrix');
            }}
          >
            All modes
          </button>
        </div>
      </div>
    </header>
  );
}

function FolderMenu({ bar: { folder, recent } }: { readonly bar: ContextBar }): ReactNode {
  const { run } = useConnection();
  const action = { kind: 'action', checked: null, enabled: true, accelerator: null } as const;
  const entries: readonly MenuEntry[] = [
    ...recent.map(({ id, label, path }): MenuEntry => ({
      ...action,
      key: id,
      label,
      title: path,
      isPath: true,
      onChoose: () => void run((main) => main.setFolder(id)),
    })),
    ...(recent.length === 0 ? [] : [{ kind: 'separator', key: 'separator' } as const]),
    { ...action, key: 'choose', label: 'Choose…', onChoose: () => void run((main) => main.chooseFolder()) },
  ];
  return (
    <MenuButton
      label="Folder"
      shown={folder.label}
      title={folder.path}
      className="pick pick-folder"
      entries={entries}
    >
      <FolderName label={folder.label} />
    </MenuButton>
  );
}

/** Where there is no room for all of it, a path keeps its end. */
function FolderName({ label }: { readonly label: string }): ReactNode {
  const end = label.lastIndexOf('/') + 1;
  return (
    <bdi className="place folder-name">
      <span className="folder-above">{label.slice(0, end)}</span>
      <span className="folder-itself">{label.slice(end)}</span>
    </bdi>
  );
}

function SurfaceMenu({ bar: { surface, surfaces } }: { readonly bar: ContextBar }): ReactNode {
  const { run } = useConnection();
  return (
    <span className="pick pick-surface">
      <select
        aria-label="Started from"
        value={surface}
        onChange={({ target }) => {
          const chosen = surfaces.find(({ id }) => id === target.value);
          if (chosen !== undefined) void run((main) => main.setSurface(chosen.id));
        }}
      >
        {surfaces.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <Chevron to="down" />
    </span>
  );
}

/** A look that takes long says so here; what is shown below is still the last answer. */
function Version(props: { readonly version: ContextBar['version']; readonly looking: boolean }): ReactNode {
  const { text, title } = props.version;
  const words = text.split(' ');
  return (
    <span className="version" title={props.looking ? undefined : title}>
      <bdi className="version-number">{props.looking ? 'Looking…' : words.at(-1)}</bdi>
      {!props.looking && <span className="version-name">{words.slice(0, -1).join(' ')}</span>}
    </span>
  );
}

/** Radio buttons of the system: one tab stop, and the arrow keys choose. */
function ModeTabs(props: {
  readonly mode: ContextBar['mode'];
  readonly modes: readonly ModeTab[];
}): ReactNode {
  const { run } = useConnection();
  return (
    <div className="tabs" role="radiogroup" aria-label="Mode">
      {props.modes.map(({ id, label, mark, says }) => (
        <label key={id} className="tab">
          <input
            type="radio"
            name="mode"
            value={id}
            checked={id === props.mode}
            onChange={() => void run((main) => main.setMode(id))}
          />
          <VerdictSign mark={mark} />
          <bdi>{label}</bdi>
          <span className="visually-hidden">: {says}</span>
        </label>
      ))}
    </div>
  );
}

/** The tray’s menu, for desktops that draw no tray. */
export function AppMenu({ menu }: { readonly menu: readonly MenuItem[] }): ReactNode {
  const { run } = useConnection();
  return (
    <MenuButton label="Credence" shown="Menu" className="pick pick-menu" entries={entriesOf(menu, run)}>
      Menu
    </MenuButton>
  );
}

function entriesOf(items: readonly MenuItem[], run: Connection['run']): readonly MenuEntry[] {
  return items.map((item): MenuEntry => {
    switch (item.kind) {
      case 'separator':
      case 'text':
        return item;
      case 'menu':
        return { kind: 'group', key: item.key, label: item.label, entries: entriesOf(item.items, run) };
      case 'action':
        return {
          kind: 'action',
          key: item.key,
          label: item.label,
          checked: item.checked,
          enabled: item.enabled,
          accelerator: item.accelerator,
          onChoose: () => void run((main) => main.menuAction(item.key)),
        };
    }
  });
}
