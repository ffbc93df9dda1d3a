import type { OidcProvider } from './oidc-provider.ts';

/** `address-only`: the person opens the address somewhere, and pastes the one at which that browser stops if it must be. */
export type SignInHow = 'browser' | 'device' | 'address-only';

interface Here {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly insideContainer: boolean;
}

/**
 * How a sign-in is best begun here, when nobody has said how: by a code where a browser is missing or could not come back, and the
 * provider has codes. Else by the browser; where none opens, the address is there to be opened elsewhere.
 */
export function wayOfSignIn(here: Here, { deviceFlow }: Pick<OidcProvider, 'deviceFlow'>): SignInHow {
  const isSet = (name: string): boolean => (here.variables[name] ?? '') !== '';
  const isElsewhere = here.insideContainer || REMOTE.some(isSet);
  const hasBrowser = here.platform !== 'linux' || DISPLAYS.some(isSet);
  return deviceFlow && (isElsewhere || !hasBrowser) ? 'device' : 'browser';
}

/** The person’s browser runs on another machine then, or in another network (WSL2). */
const REMOTE = ['SSH_CONNECTION', 'SSH_TTY', 'WSL_DISTRO_NAME', 'WSL_INTEROP'];
const DISPLAYS = ['DISPLAY', 'WAYLAND_DISPLAY', 'BROWSER'];
