import type { NativeFiles } from './native-files.ts';
import type { WriterPlace } from './settle-path.ts';
import { codeOf, Refused, refusalOf } from './write-refusal.ts';

/** Extended attributes of a file; on Linux access lists are among them, as `system.posix_acl_access`. */
export type Attributes = ReadonlyMap<string, Buffer>;

/** Given anew to every file by the system itself, and not to be set by anybody. */
const BY_THE_SYSTEM: readonly string[] = ['com.apple.provenance'];
/** Signed or granted for these very bytes: on others they would be wrong. */
const FOR_THESE_BYTES: readonly string[] = ['security.capability', 'security.ima', 'security.evm'];
const UNSUPPORTED: readonly (string | undefined)[] = ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/**
 * @throws {Refused} where it cannot be told what a file has. Nothing in Node tells; macOS does not list its access lists among
 * the attributes, so they are not seen, and neither is what only the administrator sees (`trusted.`)
 */
export function attributesOf(
  descriptor: number,
  { userId }: WriterPlace,
  native: NativeFiles | null,
): Attributes {
  // Windows: what hangs on a file there hangs on its name or on its folder, or is a stream that this cannot see.
  if (userId === null) return new Map();
  if (native === null) throw new Refused('attributes');
  const attributes = read(descriptor, native);
  if (FOR_THESE_BYTES.some((name) => attributes.has(name))) throw new Refused('attributes');
  return attributes;
}

/**
 * Gives one file what another has, and takes away what it was born with (a folder can have an access list for all that is made
 * in it).
 *
 * @throws {Refused} where anything differs afterwards
 */
export function giveAttributes(descriptor: number, wanted: Attributes, native: NativeFiles): void {
  try {
    const born = read(descriptor, native);
    for (const name of born.keys()) if (!wanted.has(name)) native.removeAttrSync(descriptor, name);
    for (const [name, value] of wanted)
      if (born.get(name)?.equals(value) !== true) native.setAttrSync(descriptor, name, value);
  } catch (error) {
    throw whyNotKept(error);
  }
}

export function sameAttributes(one: Attributes, other: Attributes): boolean {
  return (
    one.size === other.size && [...one].every(([name, value]) => other.get(name)?.equals(value) === true)
  );
}

function read(descriptor: number, native: NativeFiles): Attributes {
  try {
    const names = native.listAttrsSync(descriptor).filter((name) => !BY_THE_SYSTEM.includes(name));
    return new Map(
      names.sort().map((name) => [name, native.getAttrSync(descriptor, name) ?? Buffer.alloc(0)]),
    );
  } catch (error) {
    if (UNSUPPORTED.includes(codeOf(error))) return new Map();
    throw whyNotKept(error);
  }
}

/** A full disk and a broken one have names of their own; all else means that this attribute is not to be had. */
function whyNotKept(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const why = refusalOf(error);
  return new Refused(
    why === 'no-space' || why === 'read-only-file-system' || codeOf(error) === 'EIO' ? why : 'attributes',
  );
}
