import { closeSync, openSync } from 'node:fs';

/** What a start takes beside its pipes: libuv's own pipe, and what the child opens before it is the program. */
const BESIDE_THE_PIPES = 4;

/**
 * Whether enough descriptors are left to start a program with so many pipes. Where the last ones go into the pipes themselves, libuv
 * has opened Credence's ends, Node hands out no stream for them, and nothing ever closes them (`spawn` in Node's child_process.js
 * returns early at EMFILE and ENFILE). So a start that could only fail in this way is not made.
 */
export function hasDescriptorsFor(pipes: number): boolean {
  const taken: number[] = [];
  try {
    for (let count = 2 * pipes + BESIDE_THE_PIPES; count > 0; count--) taken.push(openSync('/', 'r'));
    return true;
  } catch (error) {
    // Anything else says nothing of descriptors: Windows opens no folder, and runs out of nothing either.
    return !(
      error instanceof Error &&
      'code' in error &&
      (error.code === 'EMFILE' || error.code === 'ENFILE')
    );
  } finally {
    taken.forEach((descriptor) => {
      closeSync(descriptor);
    });
  }
}
