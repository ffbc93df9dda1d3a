import type { Layer } from '../../core/facts.ts';
import type { PathStyle } from '../../core/paths.ts';
import { makeEntry, type ApprovalTails, type Entry } from '../../core/settings/entry.ts';
import { WATCHED } from '../../core/sources/index.ts';
import type { Ports } from '../../ports/ports.ts';
import type { FilePass } from './file-pass.ts';
import type { GatherRequest } from './gather-request.ts';

export interface BaseEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  layer(tails: ApprovalTails): Layer | null;
}

export async function baseLayer(
  ports: Ports,
  _pass: FilePass,
  _request: GatherRequest,
  _style: PathStyle,
): Promise<BaseEnvironment> {
  await Promise.resolve();
  const { variables } = ports.environment;
  return {
    variables,
    layer: (tails) => {
      const entries: Record<string, Entry> = {};
      for (const watched of WATCHED.values()) {
        const text = variables[watched.name];
        if (text === undefined) continue;
        entries[watched.name] = makeEntry(
          watched,
          text,
          { kind: 'process', name: watched.name },
          ports.fingerprints.of,
          tails,
        );
      }
      return { id: 'base', entries };
    },
  };
}
