import type { SettingsFile } from '../core/settings/settings-file.ts';
import { printable } from './printable.ts';

/** What is wrong with a settings file: continues “the file …”. */
export function settingsFlaw(reason: SettingsFile['reason'], key: string | null): string {
  switch (reason) {
    case 'not-json':
      return 'is not valid JSON';
    case 'not-an-object':
      return 'holds no JSON object';
    case 'wrong-type':
      return key === null
        ? 'has a value of the wrong type'
        : `gives “${printable(key)}” a value of the wrong type`;
    case 'denied':
      return 'may not be read by this user';
    case 'too-large':
      return 'is larger than 2 MiB';
    case 'not-a-file':
      return 'is not a file';
    case 'link-loop':
      return 'is a link that leads in a circle';
    case 'failed':
    case null:
      return 'could not be read';
  }
}

const REASONS: readonly NonNullable<SettingsFile['reason']>[] = [
  'not-json',
  'not-an-object',
  'wrong-type',
  'denied',
  'too-large',
  'not-a-file',
  'link-loop',
  'failed',
];

/** The same for a conflict’s detail, which is a text. */
export function settingsReason(detail: string | undefined): SettingsFile['reason'] {
  return REASONS.find((reason) => reason === detail) ?? null;
}
