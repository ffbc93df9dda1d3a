import { editClaudeJson, forgetKeyAnswer } from '../../core/remedies/places/claude-json.ts';
import { editDotenv } from '../../core/remedies/places/dotenv.ts';
import { editEnvironmentFile } from '../../core/remedies/places/environment-file.ts';
import { editEnvrc } from '../../core/remedies/places/envrc.ts';
import { editFish } from '../../core/remedies/places/fish.ts';
import { editMise } from '../../core/remedies/places/mise.ts';
import { editPamEnvironment } from '../../core/remedies/places/pam-environment.ts';
import { editPosixShell } from '../../core/remedies/places/posix-shell.ts';
import { editPowerShell } from '../../core/remedies/places/powershell.ts';
import {
  helperMember,
  setSettingsMembers,
  type SettingsMember,
} from '../../core/remedies/places/set-settings-members.ts';
import { editSettingsJson } from '../../core/remedies/places/settings-json.ts';
import { editVscodeSettings } from '../../core/remedies/places/vscode-settings.ts';
import type { Bytes, EditResult } from '../../core/remedies/text-edit.ts';
import { HELPER_SETTING } from '../../core/sources/api-key-helper.ts';
import { WATCHED } from '../../core/sources/index.ts';
import type { PlaceEditors, SettingsMembers } from './place-editors.ts';

/** How every place is edited. A mapped type: forgetting one does not compile. */
export const PLACE_EDITORS: PlaceEditors = {
  names: [...WATCHED.keys(), HELPER_SETTING],
  edit: {
    bash: editPosixShell('bash'),
    zsh: editPosixShell('zsh'),
    fish: editFish,
    powershell: editPowerShell,
    'etc-environment': editEnvironmentFile('pam'),
    'pam-environment': editPamEnvironment,
    'environment-d': editEnvironmentFile('systemd'),
    settings: editSettingsJson,
    'claude-json': editClaudeJson,
    vscode: editVscodeSettings,
    dotenv: editDotenv,
    direnv: editEnvrc,
    mise: editMise,
  },
  setMembers,
  forgetAnswer: (bytes, tail) => forgetKeyAnswer(bytes, tail),
};

function setMembers(bytes: Bytes | null, { env = {}, apiKeyHelper }: SettingsMembers): EditResult {
  const members: readonly SettingsMember[] = [
    ...Object.entries(env).map(([name, text]): SettingsMember => ({ in: 'env', name, text })),
    ...(apiKeyHelper === undefined ? [] : [helperMember(apiKeyHelper)]),
  ];
  const set = setSettingsMembers(bytes, members);
  if (set.state === 'left')
    return { spans: [], done: [], left: members.map(({ name }) => ({ name, line: 1, why: set.why })) };
  // What stood there is told as done, so that its value is known for a secret.
  const done = set.replaced.map((value) => ({ name: '', line: 1, action: 'removed' as const, value }));
  return { spans: set.spans, done, left: [] };
}
