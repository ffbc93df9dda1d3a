import type { Making } from './making.ts';

/** Read and write for the owner, nothing for anybody else. */
const OWNER_ONLY = 0o700;

export async function narrowMode({ ports, left, others }: Making, path: string): Promise<void> {
  const look = await ports.writer.look(path);
  if (look.state === 'absent') return;
  if (look.state === 'refused') {
    left.push({ path, place: 'settings', name: path, line: null, why: look.why });
    return;
  }
  const to = look.mode & OWNER_ONLY;
  if (to === look.mode) return;
  others.push({
    step: { kind: 'mode', path, from: look.mode, to },
    recorded: { kind: 'mode', path, digest: look.digest, before: look.mode, after: to },
    content: { before: null, after: null },
  });
}
