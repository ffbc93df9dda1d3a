import { editPosixShell } from './posix-shell.ts';

/**
 * `.envrc`: bash with the functions of direnv. direnv discards everything when the last command fails, so whether it does
 * is kept, too.
 */
export const editEnvrc = editPosixShell('direnv');
