import type { Find } from './sweep.ts';

/** What is looked at. */
export const KINDS = [
  'said',
  'complained',
  'file',
  'link',
  'snapshot',
  'page',
  'tray',
  'notification',
  'clipboard',
  'heap',
  'memory',
  'shared',
  'argument',
  'variable',
  'start',
  'write',
  'window',
] as const;

export interface Places {
  readonly is: readonly RegExp[];
  /** Where it may be seen or not, as it happens. */
  readonly may?: readonly RegExp[];
}

/** Between processes of this user: to `claude`, to the one that talks to the keychain, and from there to the keychain. */
const WITHIN = /^write:(UNIX|socket|pipe)$/;
const TO_PROVIDER = /^write:TCP:provider$/;
const TO_KEYCHAIN: Places = { is: [WITHIN, TO_PROVIDER] };
/** What a person types into the window is in the memory of the browser that shows it, until that is used for something else. */
const TYPED = /^(?:memory|shared):(browser|renderer|gpu-process)$/;
/** The address of a page goes to the browser by the desktop’s opener, which has a list of what it opened here. */
const ADDRESS: Places = {
  is: [/^start:.*\/xdg-open$/, /^file:home\/\.desktop\/opened\.txt$/, /^clipboard:$/],
  may: [
    /^argument:(xdg-open|sh|printf)$/,
    /^write:~\/\.desktop\/opened\.txt$/,
    // The clipboard, as this test asks for it.
    /^write:TCP:\d+$/,
  ],
};
/** The fake program’s own text, which it has everything from that it gives. */
const BY_NATURE = /^file:home\/\.local\/bin\/claude\.json$/;
const LOGIN: Places = {
  is: [/^file:home\/\.claude\/\.credentials\.json$/, BY_NATURE],
  may: [
    /^write:~\/\.claude\/\.credentials\.json\.\d+\.tmp$/,
    /^file:home\/\.claude\/\.credentials\.json\.\d+\.tmp$/,
  ],
};

/** Where each may be, and is. Everything else is a leak. */
export const PLACES: Readonly<Record<string, Places>> = {
  key: {
    is: [
      /^file:home\/\.claude\/settings\.json$/,
      // When it is put back.
      /^write:~\/\.claude\/\.settings\.json\.credence-[0-9a-f]+$/,
      /^said:secret$/,
      WITHIN,
    ],
  },
  helped: { is: [/^file:home\/\.vault\/answer$/, WITHIN] },
  access: LOGIN,
  refresh: LOGIN,
  pasted: { is: [BY_NATURE, WITHIN], may: [TYPED] },
  'claude state': {
    is: [/^start:.*\/browser$/, /^file:home\/\.desktop\/claude-opened\.txt$/, WITHIN],
    may: [/^argument:(browser|sh|printf)$/, /^write:~\/\.desktop\/claude-opened\.txt$/, TYPED],
  },
  keychain: { is: [] },
  'undo key': { is: [WITHIN] },
  'access token': { is: [...TO_KEYCHAIN.is, /^said:token$/] },
  'refresh token': TO_KEYCHAIN,
  'id token': { is: [] },
  'device code': { is: [TO_PROVIDER] },
  'authorization code': { is: [TO_PROVIDER] },
  verifier: { is: [TO_PROVIDER] },
  state: ADDRESS,
  nonce: ADDRESS,
};

/** The places of each secret, with names that say the same in every run. */
export function placesOf(
  finds: readonly Find[],
  names: readonly (readonly [string, string])[],
): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { secret, place } of finds) {
    const named = names.reduce((text, [from, to]) => text.replaceAll(from, to), place);
    places.set(secret, [...(places.get(secret) ?? []), named]);
  }
  return places;
}
