/**
 * Starts a program, with somebody beside it who ends it when Credence is gone. Neither Node nor macOS has a “die with your parent”,
 * and Claude Code does not end when its standard input does (measured with 2.1.328).
 *
 * The shell is the leader of a new process group. It leaves a watcher in that group, which belongs to nobody, and becomes the program:
 * same process, same signals, same exit code. The watcher holds the far end of a socket whose near end only Credence has. A line on
 * it says that the program has ended, and the watcher goes without a word. An end without that line means that Credence has ended,
 * however it did: then the watcher ends the group as a stop would, within three seconds.
 *
 * No number can come to mean somebody else meanwhile: as long as the watcher is in the group, the system gives neither the group’s
 * number nor its leader’s to another process (POSIX, “Process ID Reuse”).
 *
 * Operands: the program, its arguments.
 */
export const WATCHED_START = `(
  {
    trap '' HUP INT QUIT TERM PIPE
    PATH=/usr/bin:/bin:/run/current-system/sw/bin
    IFS= read -r over <&3 && exit
    kill -INT $$
    sleep 1
    kill -0 $$ && sleep 1
    kill -TERM 0
    sleep 1
    kill -KILL 0
  } </dev/null >/dev/null 2>&1 &
)
exec "$@" 3<&-`;

/** The line that lets the watcher go. */
export const PROGRAM_IS_OVER = 'over\n';
