/**
 * One thing that every adapter of a port must do, the in-memory one and the real one alike. A contract suite is a list of
 * these; a test file hands each to its test runner: `test.each(cases)('$title', ({ run }) => run())`.
 */
export interface ContractCase {
  /** A sentence. */
  readonly title: string;
  /** Throws, or gives a promise that rejects, where the adapter breaks the contract. */
  readonly run: () => void | Promise<void>;
}
