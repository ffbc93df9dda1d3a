import { expect, test } from 'vitest';
import { chooseHost } from './choose-host.mjs';

type Surroundings = Parameters<typeof chooseHost>[0];

/** A Linux with a display, a Chromium and no way to Electron. */
const usual: Surroundings = {
  platform: 'linux',
  hasDisplay: async () => true,
  electron: () => undefined,
  fetchElectron: async () => ({ why: 'ENOTFOUND github.com' }),
  node24: () => undefined,
  chromium: () => 'Chromium 156',
  installChromium: () => {
    throw new Error('installed though one is there');
  },
};

const never = (): never => {
  throw new Error('asked for nothing');
};

test('Without a display nothing further is looked for, and nothing is downloaded.', async () => {
  const choice = await chooseHost({
    ...usual,
    hasDisplay: async () => false,
    electron: never,
    fetchElectron: never,
    chromium: never,
  });
  expect(choice).toEqual({
    host: 'none',
    says: 'There is no display here, so this is the answer in the terminal.',
  });
});

test('An Electron that is there is taken without asking the network.', async () => {
  const choice = await chooseHost({ ...usual, electron: () => '/electron', fetchElectron: never });
  expect(choice).toMatchObject({ host: 'electron', program: '/electron' });
});

test('An Electron that can be fetched is taken.', async () => {
  const choice = await chooseHost({ ...usual, fetchElectron: async () => ({ program: '/fetched' }) });
  expect(choice).toMatchObject({ host: 'electron', program: '/fetched' });
});

test('Else the stand-in is, and says in one line what it is and why.', async () => {
  const { host, says } = await chooseHost(usual);
  expect(host).toBe('stand-in');
  expect(says).toBe(
    'Electron’s binary is not here and could not be fetched (ENOTFOUND github.com; npx install-electron tries again): ' +
      'the window is shown in Chromium 156 instead, without a tray. Ctrl-C ends it.',
  );
});

test('A Chromium that can be installed is.', async () => {
  let installed: string | undefined;
  const choice = await chooseHost({
    ...usual,
    chromium: () => installed,
    installChromium: () => {
      installed = 'Chromium 157';
      return undefined;
    },
  });
  expect(choice.host).toBe('stand-in');
  expect(choice.says).toContain('Chromium 157');
});

test.each<[string, Partial<Surroundings>, string]>([
  [
    'the command for a Chromium is named',
    { chromium: () => undefined, installChromium: () => 'sudo apt-get install -y chromium' },
    'sudo apt-get install -y chromium',
  ],
  [
    'a Node that is too old is named',
    { node24: () => 'This needs Node 22.18 or newer.' },
    'This needs Node 22.18 or newer.',
  ],
  ['Windows has no stand-in', { platform: 'win32', node24: never }, 'the answer in the terminal'],
])('Where there is nothing to show it on, %s.', async (_, change, words) => {
  const choice = await chooseHost({ ...usual, ...change });
  expect(choice.host).toBe('none');
  expect(choice.says).toContain(words);
});

test('Who interrupts the download wants nothing else either.', async () => {
  const choice = await chooseHost({
    ...usual,
    fetchElectron: async () => ({ why: 'interrupted', interrupted: 130 }),
    chromium: never,
  });
  expect(choice).toMatchObject({ host: 'none', interrupted: 130 });
});
