import type { Facts } from '../core/facts.ts';
import type { Verdict } from '../core/verdict.ts';
import { settingsFileName } from './origin-label.ts';
import { shortPath } from './short-path.ts';

/** Which file stops Claude Code, when the answer is `config-broken`: a clause. */
export function brokenConfigPhrase(facts: Facts, verdict: Verdict): string {
  const { place, claudeJson, settingsFiles } = facts;
  if (verdict.gate !== 'gate/managed-settings-broken')
    return `${shortPath(claudeJson.path, place)} is not valid JSON`;
  const file = settingsFiles.find(({ scope, state }) => scope === 'managed' && state === 'dropped');
  const path = file?.path ?? null;
  const name =
    path === null
      ? 'a managed settings file'
      : settingsFileName({ kind: 'settings', scope: 'managed', path }, place);
  return `${name} ${file?.reason === 'not-an-object' ? 'holds no JSON object' : 'is not valid JSON'}`;
}
