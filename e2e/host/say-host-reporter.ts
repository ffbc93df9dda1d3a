import type { FullConfig, Reporter } from '@playwright/test/reporter';

/** Ends a run with what it ran on. Playwright wants a default export of it. */
export default class SayHostReporter implements Reporter {
  #says = '';

  onBegin({ metadata }: FullConfig): void {
    this.#says = String(metadata['says']);
  }

  onEnd(): void {
    console.log(`\n${this.#says}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
