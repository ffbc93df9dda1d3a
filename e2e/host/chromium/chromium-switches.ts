/** Switches that hold a comma-separated list, so that giving them twice has to mean both. */
const LISTS = new Set(['disable-features', 'enable-features']);

const OWN: readonly string[] = [
  // Chromium's sandbox wants privileges that containers and root have not; what is shown here is only the app's own.
  '--no-sandbox',
  '--disable-dev-shm-usage',
  // Nothing leaves the machine, and nobody is asked anything.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-component-extensions-with-background-pages',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-features=Translate,OptimizationHints,MediaRouter,GlobalMediaControls',
  // The app has no window until it opens one, and lives on after the last.
  '--no-startup-window',
  '--keep-alive-for-test',
  // Without it a bar warns of --no-sandbox.
  '--test-type',
  '--disable-back-forward-cache',
  // The pipe also makes Chromium end when the host is killed.
  '--remote-debugging-pipe',
];

/**
 * @param given switches of the app and of Playwright's loader, by name without dashes
 * @param headed whether windows are to be seen
 */
export function chromiumSwitches(given: ReadonlyMap<string, string>, headed: boolean): readonly string[] {
  const merged = new Map<string, string>();
  const own = [...OWN, ...(headed ? [] : ['--headless', '--disable-gpu'])];
  for (const [name, value] of [...own.map(split), ...given]) {
    const before = merged.get(name);
    merged.set(name, before !== undefined && LISTS.has(name) ? `${before},${value}` : value);
  }
  return [...merged].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
}

function split(text: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^--([^=]+)=?(.*)$/.exec(text) ?? [];
  return [name, value];
}
