import type { Facts } from '../core/facts.ts';
import type { Origin } from '../core/origin.ts';
import type { SettingsFile } from '../core/settings/settings-file.ts';
import type { Verdict } from '../core/verdict.ts';
import { isInlineText, settingsFileName } from './origin-label.ts';
import { settingsFlaw } from './settings-flaw.ts';
import { shortPath } from './short-path.ts';

/** Which settings stop Claude Code, when the answer is `config-broken`: a clause. */
export function brokenConfigPhrase(facts: Facts, verdict: Verdict): string {
  if (verdict.gate === 'gate/managed-settings-broken') {
    return brokenFile(
      facts,
      ({ scope, state, reason }) => scope === 'managed' && (state === 'dropped' || reason === 'too-large'),
    );
  }
  if (verdict.gate === 'gate/settings-flag')
    return brokenFile(facts, ({ scope, state }) => scope === 'flag' && state !== 'used');
  if (verdict.gate === 'gate/settings-flag-sandbox')
    return 'the sandbox member that --settings gives has a wrong type';
  return `${shortPath(facts.claudeJson.path, facts.place)} is not valid JSON`;
}

function brokenFile({ settingsFiles, place }: Facts, isBroken: (file: SettingsFile) => boolean): string {
  const file = settingsFiles.find(isBroken);
  if (file === undefined) return 'a settings file cannot be used';
  const { scope, path, state, reason } = file;
  const origin: Origin = { kind: 'settings', scope, ...(path === null ? {} : { path }) };
  if (isInlineText(origin)) return 'what --settings gives is neither valid JSON nor the path of a file';
  const name = settingsFileName(origin, place);
  return `${name} ${state === 'absent' ? 'is not there' : settingsFlaw(reason, file.key)}`;
}
