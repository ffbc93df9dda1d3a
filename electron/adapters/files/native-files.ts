/** What Node's own `fs` lacks: locks, extended attributes, and the exchange of two names in one step. Descriptors are Node's. */
export interface NativeFiles {
  /** Locks the whole file against every other descriptor of it, in this process too; freed with the descriptor. */
  readonly tryLock: (descriptor: number) => boolean;
  /** @throws {NodeJS.ErrnoException} as all of these */
  readonly listAttrsSync: (descriptor: number) => readonly string[];
  readonly getAttrSync: (descriptor: number, name: string) => Buffer | null;
  readonly setAttrSync: (descriptor: number, name: string, value: Uint8Array) => void;
  readonly removeAttrSync: (descriptor: number, name: string) => void;
  readonly swapSync: (one: string, other: string) => void;
}

/**
 * Loaded when first asked for: most runs of the command change nothing, and it is a library of machine code that a bundle cannot
 * hold. `null` where there is none for this system (musl).
 */
export async function nativeFiles(): Promise<NativeFiles | null> {
  try {
    // @ts-expect-error The package brings no types along; NativeFiles says what is used of it.
    const { default: native } = (await import('fs-native-extensions')) as { readonly default: NativeFiles };
    return native;
  } catch {
    return null;
  }
}
