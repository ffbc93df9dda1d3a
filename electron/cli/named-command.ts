/** Which command a command line means, and what stands behind its name. build/launcher.cjs goes by the same rule. */
export function namedCommand(argv: readonly string[]): {
  readonly name: string;
  readonly line: readonly string[];
} {
  const [first = 'status', ...rest] = argv;
  // Options without a command belong to `status`, the command that people mean.
  return first.startsWith('-') ? { name: 'status', line: argv } : { name: first, line: rest };
}
