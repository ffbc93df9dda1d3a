/** For `test.runIf`: what can only be tried where there is such a thing. */
export const onLinux = process.platform === 'linux';
/** Modes, links that anybody may make, FIFOs, `/bin/sh`. */
export const onPosix = process.platform !== 'win32';
