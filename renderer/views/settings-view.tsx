import { useId, type ReactNode } from 'react';
import type { ContextBar, Settings } from '../../shared/ipc/snapshot.ts';
import { Task } from '../components/task.tsx';
import { useConnection } from '../stores/use-connection.tsx';
import { ProvidersView } from './providers-view.tsx';
import { RemoveOwnData } from './remove-own-data.tsx';

interface Props {
  readonly bar: ContextBar;
  readonly settings: Settings;
}

export function SettingsView({ bar, settings }: Props): ReactNode {
  const { launchAtLogin, notices, dataFolder, removed, appVersion } = settings;
  const { run, show } = useConnection();
  return (
    <Task title="Settings" foot={null}>
      <h2>What is shown first</h2>
      <dl className="facts">
        <dt>Folder</dt>
        <dd>
          <bdi className="place" title={bar.folder.path}>
            {bar.folder.label}
          </bdi>
        </dd>
        <dt>Mode</dt>
        <dd>
          <bdi>{bar.modes.find(({ id }) => id === bar.mode)?.label}</bdi>
        </dd>
      </dl>
      <p className="second-line">The last ones that you chose in the window or in the tray.</p>

      <h2>Start</h2>
      <Check
        label="Start Credence when you log in"
        note={launchAtLogin.why}
        checked={launchAtLogin.on}
        enabled={launchAtLogin.available}
        onChange={(on) => void run((main) => main.setLaunchAtLogin(on))}
      />

      <h2>Organisations</h2>
      <ProvidersView panel={settings.providers} />

      <h2>Notifications</h2>
      {notices.map(({ id, label, note, on }) => (
        <Check
          key={id}
          label={label}
          note={note}
          checked={on}
          enabled
          onChange={(wanted) => void run((main) => main.setNotice(id, wanted))}
        />
      ))}

      <h2>What Credence changed</h2>
      <p className="second">Every change is listed, and can be undone for as long as it is kept.</p>
      <div className="buttons">
        <button
          type="button"
          className="button"
          onClick={() => {
            show('changes');
          }}
        >
          Changes…
        </button>
      </div>

      <h2>Credence’s own data</h2>
      <RemoveOwnData dataFolder={dataFolder} removed={removed} />

      <h2>Version</h2>
      <p className="second">
        Credence <bdi>{appVersion}</bdi>
      </p>
    </Task>
  );
}

function Check(props: {
  readonly label: string;
  readonly note: string | null;
  readonly checked: boolean;
  readonly enabled: boolean;
  readonly onChange: (on: boolean) => void;
}): ReactNode {
  const noteId = useId();
  return (
    <div className="check">
      <label>
        <input
          type="checkbox"
          checked={props.checked}
          disabled={!props.enabled}
          aria-describedby={props.note === null ? undefined : noteId}
          onChange={({ target }) => {
            props.onChange(target.checked);
          }}
        />
        <bdi>{props.label}</bdi>
      </label>
      {props.note !== null && (
        <p id={noteId} className="second-line">
          <bdi>{props.note}</bdi>
        </p>
      )}
    </div>
  );
}
