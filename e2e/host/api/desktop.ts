import type { Clipboard, Display, PowerMonitor as ElectronPowerMonitor, Screen } from 'electron';
import { eventsOf, loud, loudEmitter, standingFor } from '../loud.ts';

let copied = '';

/** One's own, so that no test reads or writes the person's. */
export const clipboard = loud('clipboard', {
  writeText(text: string): Promise<void> {
    copied = text;
    return Promise.resolve();
  },
  readText: () => Promise.resolve(copied),
} satisfies Pick<Clipboard, 'writeText' | 'readText'>);

const POWER_EVENTS = eventsOf<ElectronPowerMonitor>()(
  'lock-screen',
  'on-ac',
  'on-battery',
  'resume',
  'shutdown',
  'suspend',
  'unlock-screen',
);

/** Says nothing unless a test emits it. */
const PowerMonitor = loudEmitter('powerMonitor', POWER_EVENTS);

export const powerMonitor = new PowerMonitor();

const WHOLE = { x: 0, y: 0, width: 1280, height: 800 };

export const screen = loud('screen', {
  getPrimaryDisplay: () =>
    standingFor<Display>(
      loud('display', {
        id: 1,
        bounds: WHOLE,
        workArea: WHOLE,
        size: { width: WHOLE.width, height: WHOLE.height },
        workAreaSize: { width: WHOLE.width, height: WHOLE.height },
        scaleFactor: 1,
        rotation: 0,
      }),
    ),
} satisfies Pick<Screen, 'getPrimaryDisplay'>);
