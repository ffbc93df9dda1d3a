import type { KeyringItem, KeyringTrouble } from '../../../shared/ports/keyring.ts';
import type { DbusReply, SessionBus } from './dbus/session-bus.ts';
import type { DbusValue } from './dbus/wire-format.ts';
import type { ProbeAnswer } from './keyring-probe.ts';

const SERVICE = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';
const NONE = '/';

/** The items that answer to a name, by whether they can be read (Secret Service API 0.2). */
export interface FoundItems {
  readonly open: readonly string[];
  readonly shut: readonly string[];
}

/** @throws {Refused} as all of these */
export async function searchItems(bus: SessionBus, { service, account }: KeyringItem): Promise<FoundItems> {
  const names = [
    ['service', service],
    ['username', account],
  ];
  const [unlocked, locked] = await ask(bus, ROOT, 'Service', 'SearchItems', 'a{ss}', [names]);
  return { open: paths(unlocked), shut: paths(locked) };
}

/** What it means that these were found, and whether something new can be kept. */
export async function judgeItems(bus: SessionBus, { open, shut }: FoundItems): Promise<ProbeAnswer> {
  const collection = await defaultCollection(bus);
  const closed = collection === null ? 'unreachable' : (await isLocked(bus, collection)) ? 'locked' : null;
  if (open.length + shut.length > 1) return { state: 'ambiguous', closed };
  if (shut.length === 1) return { state: 'locked', closed };
  if (open.length === 1) return { state: 'there', closed };
  // Some services do not tell what a locked collection holds, so what is not found there is not known to be absent.
  return { state: (await anyLocked(bus, collection)) ? 'locked' : 'absent', closed };
}

/** Where new items go; `null` where nothing has been set up, or where it is the one that a logout forgets. */
async function defaultCollection(bus: SessionBus): Promise<string | null> {
  const usual = await alias(bus, 'default');
  if (usual === NONE) return null;
  return usual === (await alias(bus, 'session')) ? null : usual;
}

async function alias(bus: SessionBus, name: string): Promise<string> {
  const [path] = await ask(bus, ROOT, 'Service', 'ReadAlias', 's', [name]);
  return typeof path === 'string' ? path : NONE;
}

async function anyLocked(bus: SessionBus, collection: string | null): Promise<boolean> {
  if (collection !== null) return isLocked(bus, collection);
  for (const path of paths(await property(bus, ROOT, 'Service', 'Collections'))) {
    if (await isLocked(bus, path)) return true;
  }
  return false;
}

async function isLocked(bus: SessionBus, collection: string): Promise<boolean> {
  return (await property(bus, collection, 'Collection', 'Locked')) !== false;
}

async function property(bus: SessionBus, path: string, of: string, name: string): Promise<DbusValue> {
  const [answer] = valuesOf(
    await bus.call({
      destination: SERVICE,
      path,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      values: [`org.freedesktop.Secret.${of}`, name],
    }),
  );
  return typeof answer === 'object' && 'type' in answer ? answer.value : '';
}

async function ask(
  bus: SessionBus,
  path: string,
  of: string,
  member: string,
  signature: string,
  values: readonly DbusValue[],
): Promise<readonly DbusValue[]> {
  const call = { destination: SERVICE, path, interface: `org.freedesktop.Secret.${of}`, member };
  return valuesOf(await bus.call({ ...call, signature, values }));
}

function valuesOf(reply: DbusReply): readonly DbusValue[] {
  switch (reply.state) {
    case 'answered':
      return reply.values;
    case 'refused':
      throw new Refused(stateOf(reply.name));
    case 'gone':
      throw new Refused('unreachable');
  }
}

/** The keychain said no, or nothing. */
export class Refused extends Error {
  readonly state: KeyringTrouble['state'];

  constructor(state: KeyringTrouble['state']) {
    super(state);
    this.state = state;
  }
}

function stateOf(name: string): KeyringTrouble['state'] {
  if (name === 'org.freedesktop.Secret.Error.IsLocked') return 'locked';
  if (name === 'org.freedesktop.DBus.Error.AccessDenied') return 'denied';
  return 'unreachable';
}

function paths(value: DbusValue | undefined): readonly string[] {
  if (!Array.isArray(value)) throw new Refused('unreachable');
  return (value as readonly DbusValue[]).filter((path) => typeof path === 'string');
}

/**
 * Over a session without encryption, as the API has it: the socket is this user’s alone, and whoever may listen on this user’s bus
 * may as well ask for the secret.
 */
export async function secretOf(bus: SessionBus, item: string): Promise<Buffer> {
  const [, session = NONE] = await ask(bus, ROOT, 'Service', 'OpenSession', 'sv', [
    'plain',
    { type: 's', value: '' },
  ]);
  const [secret] = await ask(bus, item, 'Item', 'GetSecret', 'o', [session]);
  const bytes = Array.isArray(secret) ? (secret as readonly DbusValue[])[2] : undefined;
  if (!Array.isArray(bytes)) throw new Refused('unreachable');
  return Buffer.from((bytes as readonly DbusValue[]).map(Number));
}
