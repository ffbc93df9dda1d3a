/** Ends what a test has left running; what has ended meanwhile is no matter. */
export function endProcesses(processes: readonly { readonly pid: number }[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}
