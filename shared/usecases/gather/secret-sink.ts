import type { SecretFile } from '../../core/facts.ts';
import type { Origin } from '../../core/origin.ts';
import type { FilePass } from './file-pass.ts';

/** Collects where credentials stand in clear while the files are read. */
export interface SecretSink {
  /** @param origin with a path: the file, and the line where there is one */
  add(origin: Origin): void;
  readonly found: readonly SecretFile[];
}

export function secretSink(
  pass: FilePass,
  platform: 'linux' | 'darwin' | 'win32',
  isTracked: (path: string) => boolean,
): SecretSink {
  const found: SecretFile[] = [];
  const seen = new Set<string>();
  return {
    found,
    add: (origin) => {
      const { path } = origin;
      if (path === undefined) return;
      const key = `${path}\n${origin.name ?? ''}`;
      const reading = pass.read(path);
      if (seen.has(key) || reading.state !== 'read') return;
      seen.add(key);
      // Windows has lists of permissions instead; what Node makes up there says nothing.
      const readableByOthers = platform !== 'win32' && (reading.mode & 0o044) !== 0;
      found.push({ origin, mode: reading.mode, readableByOthers, tracked: isTracked(path) });
    },
  };
}
