import { SURFACES, SURFACE_MODES, type ClaudeCodeVersion, type Mode, type Surface } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import { decide } from '../core/rules/decide.ts';
import { payerOf } from '../core/rules/payer.ts';
import type { Payer } from '../core/sources/source-definition.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Ports } from '../ports/ports.ts';
import { cachingFileStore } from './caching-file-store.ts';
import { gatherFacts } from './gather/gather-facts.ts';
import type { GatherRequest } from './gather/gather-request.ts';

export interface MatrixCell {
  readonly surface: Surface;
  readonly mode: Mode;
  readonly verdict: Verdict;
  readonly pays: Payer | null;
}

export interface Matrix {
  readonly cells: readonly MatrixCell[];
  /** One for each surface; they differ in the environment alone. */
  readonly facts: Readonly<Record<Surface, Facts>>;
}

/** The same folder asked from every surface and in every mode; each file is read once for all of them. */
export async function matrix(
  ports: Ports,
  request: GatherRequest,
  claudeCode: ClaudeCodeVersion,
): Promise<Matrix> {
  const shared = { ...ports, files: cachingFileStore(ports.files) };
  const gather = (surface: Surface): Promise<Facts> => gatherFacts(shared, { ...request, surface });
  const facts: Matrix['facts'] = {
    terminal: await gather('terminal'),
    desktop: await gather('desktop'),
    vscode: await gather('vscode'),
    scheduled: await gather('scheduled'),
    container: await gather('container'),
  };
  const cells = SURFACES.flatMap((surface) =>
    SURFACE_MODES[surface].map((mode): MatrixCell => {
      const verdict = decide(facts[surface], { mode, claudeCode });
      return { surface, mode, verdict, pays: payerOf(facts[surface], verdict) };
    }),
  );
  return { cells, facts };
}
