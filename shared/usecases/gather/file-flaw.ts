import type { Flaw } from '../../core/reading.ts';
import type { FileReading } from '../../ports/file-store.ts';

/** What is wrong with a reading whose file could not be read: absent, denied and the rest are different things. */
export function fileFlaw(state: Exclude<FileReading['state'], 'read'>): Flaw {
  switch (state) {
    case 'absent':
      return 'not-found';
    case 'denied':
    case 'too-large':
    case 'not-a-file':
      return state;
    case 'link-loop':
    case 'failed':
      return 'not-a-file';
  }
}
