import { launchAgentVariables } from '../../../shared/core/platform/launch-agent.ts';
import { pickVariables } from '../../../shared/core/platform/pick-variables.ts';
import type { SessionVariable, SessionVariables } from '../../../shared/ports/session-variables.ts';
import { readPlist, type PlistPorts } from './plist-file.ts';

const LAUNCHCTL = '/bin/launchctl';
const DEADLINE = 5_000;
const MAX_BYTES = 1024 * 1024;
/** One program per name: several at once, so that asking for all takes a moment only. */
const AT_ONCE = 8;

/**
 * What launchd gives to programs started from the Dock or the Finder. Not run on macOS yet: written from launchd.plist(5) and
 * launchctl(1).
 *
 * Without `ask`: what the property lists of agents and daemons would set with `launchctl setenv` when they are next loaded,
 * which need not be what holds now. With `ask`: also what launchd answers. Of several entries for a name the last one holds; an
 * answer that a property list explains carries the path of that list.
 */
export function launchdSession(ports: PlistPorts): SessionVariables {
  return {
    async read(names, ask) {
      const wanted = new Set(names);
      if (wanted.size === 0) return [];
      const set = await readLaunchLists(ports, wanted, ask);
      const answers = ask ? await askLaunchd(ports, [...wanted]) : new Map<string, string>();
      return [...wanted].flatMap((name) => entriesOf(name, set, answers.get(name)));
    },
  };
}

function entriesOf(
  name: string,
  set: readonly SessionVariable[],
  answer: string | undefined,
): readonly SessionVariable[] {
  const listed = set.filter((variable) => variable.name === name);
  if (answer === undefined) return listed;
  const explained = listed.findLast(({ text }) => text === answer);
  const path = explained?.path ?? `launchctl getenv ${name}`;
  return [...listed.filter(({ text }) => text !== answer), { name, text: answer, kind: 'launchd', path }];
}

/** Daemons first: agents are loaded later, at login, and the user's own last. */
async function readLaunchLists(
  ports: PlistPorts,
  wanted: ReadonlySet<string>,
  ask: boolean,
): Promise<readonly SessionVariable[]> {
  const { home } = ports.environment;
  const folders = ['/Library/LaunchDaemons', '/Library/LaunchAgents'];
  if (home !== null) folders.push(`${home.replace(/\/$/, '')}/Library/LaunchAgents`);
  const found: SessionVariable[] = [];
  for (const folder of folders) {
    for (const file of ports.files.list(folder) ?? []) {
      if (!file.endsWith('.plist')) continue;
      const path = `${folder}/${file}`;
      const reading = await readPlist(ports, path, { convert: ask, mentions: 'setenv' });
      if (reading.state !== 'read') continue;
      for (const { name, text } of launchAgentVariables(reading.value)) {
        if (wanted.has(name)) found.push({ name, text, kind: 'launchd', path });
      }
    }
  }
  return found;
}

/** Empty output stands for unset: `launchctl` does not tell that from set to nothing. */
async function askLaunchd(ports: PlistPorts, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const batch = names.slice(start, start + AT_ONCE);
    const results = await Promise.all(batch.map((name) => getenv(ports, name)));
    for (const [index, result] of results.entries()) {
      const name = batch[index];
      if (result.state !== 'ended' || result.exitCode !== 0 || result.truncated || name === undefined)
        continue;
      const text = result.output.replace(/\n$/, '');
      if (text !== '') answers.set(name, text);
    }
    // Missing or hanging: the others would fare no better.
    if (results.some(({ state }) => state !== 'ended')) break;
  }
  return answers;
}

function getenv({ processes, environment }: PlistPorts, name: string): ReturnType<typeof processes.run> {
  return processes.run({
    file: LAUNCHCTL,
    args: ['getenv', name],
    folder: '/',
    variables: pickVariables(environment.variables, ['HOME', 'USER']),
    deadline: DEADLINE,
    maxBytes: MAX_BYTES,
  });
}
