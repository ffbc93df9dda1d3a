import type { Facts } from '../core/facts.ts';
import type { LiveCheck, LiveReason } from '../core/live-check.ts';
import type { Origin } from '../core/origin.ts';
import type { Reading } from '../core/reading.ts';
import { baseUrlOf } from '../core/rules/payer.ts';
import { effective, isProjectLayer } from '../core/settings/effective.ts';
import { publicUrl } from '../core/settings/public-url.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import type { Ports } from '../ports/ports.ts';
import type { Web, WebAnswer } from '../ports/web.ts';
import { inspect, type Inspection } from './inspect.ts';
import { literalInFile } from './literal-in-file.ts';
import { rereadVariable } from './reread-variable.ts';

/** Milliseconds for all of it. */
const DEADLINE = 5_000;
const USUAL_ADDRESS = 'https://api.anthropic.com';
/** The one that the published interface has had since 2023. */
const INTERFACE_VERSION = '2023-06-01';

type KeyPorts = Pick<Ports, 'environment' | 'files' | 'fingerprints' | 'clock'> & { readonly web: Web };

/**
 * Asks the server whether it takes the user’s own API key, in one request that costs nothing. Only ever for a click or a command: a
 * key is used by it. Never an OAuth token, a gateway’s token or what a helper prints, and nothing that the folder’s own files bring:
 * they could have the user’s key sent to a stranger, or a stranger’s from here.
 *
 * @param agent the `user-agent`: name and version
 */
export async function checkKey(ports: KeyPorts, inspection: Inspection, agent: string): Promise<LiveCheck> {
  const checkedAt = ports.clock.now();
  const sent = sentKey(inspection);
  const key = sent?.fingerprint == null ? null : { fingerprint: sent.fingerprint, origin: sent.origin };
  const cannotTell = (why: LiveReason): LiveCheck => ({
    state: 'cannot-tell',
    why,
    status: null,
    checkedAt,
    key,
  });
  if (sent === null) return cannotTell('no-api-key');
  const { facts } = inspection;
  const address = baseUrlOf(facts, 'firstParty');
  if (isBrought(facts, sent) || (address !== null && isProjectLayer(address.layer)))
    return cannotTell('from-project');
  const { version } = inspection.context.claudeCode;
  const reread = (origin: Origin): string | undefined =>
    (rereadVariable(ports, origin, version) ?? literalInFile(ports, facts, origin))?.trim();
  const text = reread(sent.origin);
  if (text === undefined || key === null || ports.fingerprints.of(text) !== key.fingerprint)
    return cannotTell('not-readable');
  const base = address === null ? USUAL_ADDRESS : reread(address.entry.origin);
  // What was shown and looked at is what the key goes to.
  if (base === undefined || (address !== null && publicUrl(base) !== address.entry.text))
    return cannotTell('not-readable');
  const url = modelsAddress(base);
  if (url === null) return cannotTell('bad-address');
  const headers = { 'x-api-key': text, 'anthropic-version': INTERFACE_VERSION, 'user-agent': agent };
  const answer = await ports.web.head({ url, headers, deadline: DEADLINE });
  return { checkedAt: ports.clock.now(), key, ...meaningOf(answer) };
}

/** The inspection with what a live check said in it. */
export function withLiveCheck({ facts, context }: Inspection, liveCheck: LiveCheck): Inspection {
  return inspect({ ...facts, liveCheck }, context);
}

/** Whether what a live check said is about the key that would be sent here. */
export function isAboutSentKey(inspection: Inspection, { key }: LiveCheck): boolean {
  const sent = sentKey(inspection);
  return sent !== null && sent.fingerprint === (key?.fingerprint ?? null);
}

/** To whom a key would be sent: an answer is that server’s alone. */
export function keyAddress({ facts }: Inspection): string {
  const address = baseUrlOf(facts, 'firstParty');
  return address === null ? USUAL_ADDRESS : (address.entry.text ?? '');
}

/** Whether there is a key that may be asked about, as far as can be told without reading it. */
export function canCheckKey(inspection: Inspection): boolean {
  const sent = sentKey(inspection);
  const address = baseUrlOf(inspection.facts, 'firstParty');
  return (
    sent !== null &&
    !isBrought(inspection.facts, sent) &&
    (address === null || !isProjectLayer(address.layer))
  );
}

/** The API key that would be sent; a question about it counts as answered with yes. */
function sentKey({ verdict: asked }: Inspection): Reading | null {
  const verdict = answeredVerdict(asked);
  if (verdict.outcome !== 'sends' || verdict.provider !== 'firstParty') return null;
  return verdict.xApiKey?.source === 'api-key' ? verdict.xApiKey.reading : null;
}

/** Whether it comes from files of the folder. */
function isBrought({ layers }: Facts, { origin }: Reading): boolean {
  if (origin.kind === 'settings' && (origin.scope === 'project' || origin.scope === 'local')) return true;
  const found = origin.name === undefined ? null : effective(layers, origin.name);
  return found !== null && isProjectLayer(found.layer);
}

/** `null`: an address with a login, a query or a fragment in it is another thing than one to build on. */
function modelsAddress(base: string): string | null {
  if (!/^https?:\/\/[^/?#@\s\\]+(?:\/[^?#\s\\]*)?$/i.test(base)) return null;
  return `${base.replace(/\/+$/, '')}/v1/models`;
}

function meaningOf(answer: WebAnswer): Pick<LiveCheck, 'state' | 'why' | 'status'> {
  if (answer.state !== 'answered') return { state: 'cannot-tell', why: answer.state, status: null };
  const { status } = answer;
  if (status === 401) return { state: 'stale', why: null, status };
  if (status === 200) return { state: 'accepted', why: null, status };
  return { state: 'cannot-tell', why: 'other-answer', status };
}
