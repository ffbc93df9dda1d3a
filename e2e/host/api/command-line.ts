import type { CommandLine } from 'electron';
import { loud } from '../loud.ts';

const switches = new Map<string, string>();

/** What Chromium is to be started with. */
export function givenSwitches(): ReadonlyMap<string, string> {
  return switches;
}

export const commandLine = loud('app.commandLine', {
  appendSwitch: (name: string, value = ''): void => void switches.set(name.toLowerCase(), value),
  hasSwitch: (name: string): boolean => switches.has(name.toLowerCase()),
  getSwitchValue: (name: string): string => switches.get(name.toLowerCase()) ?? '',
  removeSwitch: (name: string): void => void switches.delete(name.toLowerCase()),
} satisfies Pick<CommandLine, 'appendSwitch' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch'>);
