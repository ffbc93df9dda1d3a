import type { Facts } from '../../core/facts.ts';
import type { LoginWay } from '../../core/sign-in/claude-login.ts';
import type { WriteRefusal } from '../../core/remedies/write-refusal.ts';
import type { FileWriter } from '../../ports/file-writer.ts';

/** What keeps another program from replacing a file too. A file that is mounted by itself cannot be replaced (EBUSY). */
const IN_THE_WAY: readonly WriteRefusal[] = [
  'denied',
  'read-only-file-system',
  'immutable',
  'busy',
  'no-space',
];

/** Whether this user could save a login where Claude Code does. Writes nothing. */
export async function canWriteStores(
  writer: Pick<FileWriter, 'look'>,
  { store, claudeJson }: Facts,
  way: LoginWay,
): Promise<boolean> {
  const paths = [
    ...(store.kind === 'credentials-file' && store.path !== null && way !== 'console' ? [store.path] : []),
    claudeJson.path,
  ];
  for (const path of paths) {
    const look = await writer.look(path);
    if (look.state === 'refused' && IN_THE_WAY.includes(look.why)) return false;
  }
  return true;
}
