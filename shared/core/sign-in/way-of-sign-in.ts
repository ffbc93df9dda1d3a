import type { OidcProvider } from './oidc-provider.ts';

/** `address-only`: the person opens the address somewhere, and pastes the one at which that browser stops if it must be. */
export type SignInHow = 'browser' | 'device' | 'address-only';

interface Here {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly insideContainer: boolean;
}

/** How a sign-in is best begun here, when nobody has said how. */
export function wayOfSignIn(here: Here, { deviceFlow }: Pick<OidcProvider, 'deviceFlow'>): SignInHow {
  const isElsewhere = isRemote(here);
  if ((isElsewhere || !hasBrowser(here)) && deviceFlow) return 'device';
  // Editors that work remotely name a program here that opens the browser where the person sits.
  if (isElsewhere) return isSet(here, 'BROWSER') ? 'browser' : 'address-only';
  return hasBrowser(here) ? 'browser' : 'address-only';
}

/** Whether the person’s browser runs on another machine, or in another network: it could not come back by itself. */
function isRemote(here: Here): boolean {
  return here.insideContainer || REMOTE.some((name) => isSet(here, name));
}

const REMOTE = ['SSH_CONNECTION', 'SSH_TTY', 'WSL_DISTRO_NAME', 'WSL_INTEROP'];
const DISPLAYS = ['DISPLAY', 'WAYLAND_DISPLAY', 'BROWSER'];

function hasBrowser(here: Here): boolean {
  return here.platform !== 'linux' || DISPLAYS.some((name) => isSet(here, name));
}

const isSet = ({ variables }: Here, name: string): boolean => (variables[name] ?? '') !== '';
