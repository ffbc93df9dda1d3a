import type { Facts, LayerId } from './facts.ts';
import { CLOUD_PROVIDERS, type Provider } from './provider.ts';
import type { Flaw, Reading } from './reading.ts';
import { baseUrlLogin } from './rules/situation.ts';
import type { Entry } from './settings/entry.ts';
import { BASE_URL } from './sources/steering.ts';
import { GATEWAY_SWITCH, PROVIDER_SWITCHES } from './sources/cloud-provider.ts';
import { WATCHED } from './sources/index.ts';

/** A reading with the layer it stands in; `null` for stores and for what reaches no request. */
export interface PlacedReading {
  readonly reading: Reading;
  readonly layer: LayerId | null;
  /** The provider whose switch this is. */
  readonly selectsProvider: Provider | null;
}

/** Everything found, each thing once. What of it is used is not decided here. */
export function findReadings(facts: Facts): readonly PlacedReading[] {
  const place = (reading: Reading | null, layer: LayerId | null = null): PlacedReading[] =>
    reading === null ? [] : [{ reading, layer, selectsProvider: null }];
  return [
    ...facts.store.otherKeys.map((): PlacedReading => ({
      reading: unknownEntry(facts),
      layer: null,
      selectsProvider: null,
    })),
    ...layeredReadings(facts),
    ...baseUrlLogins(facts),
    ...cloudReadings(facts).flatMap((reading) => place(reading)),
    ...helperReadings(facts),
    ...facts.profiles.readings.flatMap((reading) => place(reading)),
    ...place(facts.profiles.federation),
    ...place(facts.store.login?.reading ?? null),
    ...place(facts.consoleKey),
    ...facts.elsewhere.flatMap((reading) => place(reading)),
  ];
}

/** An entry of the store whose kind is not known; perhaps a gateway session. */
function unknownEntry(facts: Facts): Reading {
  const { path, kind } = facts.store;
  return {
    source: 'gateway-session',
    origin: { kind, ...(path === null ? {} : { path }) },
    fingerprint: null,
    flaw: 'unknown-kind',
  };
}

function layeredReadings(facts: Facts): readonly PlacedReading[] {
  const taken = new Set<string>();
  const readings: PlacedReading[] = [];
  const providerOn = CLOUD_PROVIDERS.find((id) =>
    facts.layers.some((layer) => layer.entries[PROVIDER_SWITCHES[id]]?.on === true),
  );
  // From the top, so that the first one met is the one that counts.
  for (const layer of [...facts.layers].reverse()) {
    for (const entry of Object.values(layer.entries)) {
      const variable = WATCHED.get(entry.name);
      if (variable?.source == null || variable.role === 'support' || isSilent(entry, variable.role)) continue;
      const overridden = taken.has(entry.name);
      taken.add(entry.name);
      // Federation has a reading of its own, made of two variables.
      if (variable.source === 'federation') continue;
      const flaw = flawOf(
        entry,
        overridden,
        variable.source === 'cloud-provider' && providerOn === undefined,
      );
      readings.push({
        reading: readingOf(variable.source, entry, flaw),
        layer: layer.id,
        selectsProvider: overridden || !entry.on ? null : providerOfSwitch(entry.name),
      });
    }
  }
  return readings;
}

/** A user and a password in the base URL, wherever one is set. */
function baseUrlLogins({ layers }: Facts): readonly PlacedReading[] {
  const set = layers.flatMap(({ id, entries }) => {
    const entry = entries[BASE_URL];
    return entry === undefined ? [] : [{ id, entry }];
  });
  return set.flatMap(({ id, entry }, at): PlacedReading[] => {
    if (!entry.address?.login) return [];
    const reading = baseUrlLogin(entry, entry.address.login);
    const overridden = at < set.length - 1;
    return [
      {
        reading: overridden ? { ...reading, flaw: 'overridden' } : reading,
        layer: id,
        selectsProvider: null,
      },
    ];
  });
}

/** Switches that are off and custom headers without a credential are nothing to tell; they still overwrite lower ones. */
function isSilent(entry: Entry, role: 'credential' | 'switch'): boolean {
  if (role === 'switch') return !entry.on;
  const { headers } = entry;
  if (headers === null) return false;
  const blank = headers.blank.authorization || headers.blank.xApiKey;
  return headers.authorization === null && headers.xApiKey === null && !blank;
}

function flawOf(entry: Entry, overridden: boolean, providerOff: boolean): Flaw | null {
  if (overridden) return 'overridden';
  if (entry.state !== 'value') return 'empty';
  return providerOff && !entry.on ? 'provider-off' : null;
}

function readingOf(source: Reading['source'], entry: Entry, flaw: Flaw | null): Reading {
  const fingerprint = entry.fingerprint ?? entry.headers?.authorization ?? entry.headers?.xApiKey ?? null;
  const base: Reading = { source, origin: entry.origin, fingerprint, flaw };
  return entry.likelyFrom === undefined ? base : { ...base, likelyFrom: entry.likelyFrom };
}

function providerOfSwitch(name: string): Provider | null {
  if (name === GATEWAY_SWITCH) return 'gateway';
  return CLOUD_PROVIDERS.find((id) => PROVIDER_SWITCHES[id] === name) ?? null;
}

function helperReadings(facts: Facts): readonly PlacedReading[] {
  return facts.helpers.map((helper, at): PlacedReading => {
    const overridden = at < facts.helpers.length - 1;
    return {
      reading: {
        source: 'api-key-helper',
        origin: helper.origin,
        fingerprint: helper.run?.ok === true ? helper.run.fingerprint : null,
        flaw: overridden ? 'overridden' : helper.blank ? 'empty' : null,
      },
      layer: helper.layer,
      selectsProvider: null,
    };
  });
}

function cloudReadings(facts: Facts): readonly Reading[] {
  const { aws, google, azure } = facts.cloud;
  const placed = new Set(
    facts.layers.flatMap((layer) => Object.values(layer.entries).map((entry) => entry.origin)),
  );
  // Chain credentials that are variables of the process have no reading of their own among the layers.
  return [...aws.readings, ...google.readings, ...azure.readings].filter(
    ({ origin }) => !placed.has(origin) || isChainVariable(origin.name),
  );
}

function isChainVariable(name: string | undefined): boolean {
  return name !== undefined && WATCHED.get(name)?.role === 'support';
}
