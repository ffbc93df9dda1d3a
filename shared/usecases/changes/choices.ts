import type { ClaudeCodeVersion } from '../../core/context.ts';
import type { Facts } from '../../core/facts.ts';
import { findReadings } from '../../core/find-readings.ts';
import { SOURCE_IDS, type SourceId } from '../../core/source-id.ts';
import { sourcesInTheWay } from './sources-in-the-way.ts';

/**
 * The sources that a person can choose between here: those of which there is something usable, and which would be used if
 * everything in their way were cleared. Highest rank first; pure.
 */
export function choices(facts: Facts, claudeCode: ClaudeCodeVersion): readonly SourceId[] {
  const readings = findReadings(facts);
  return SOURCE_IDS.filter(
    (source) =>
      readings.some(({ reading }) => reading.source === source && reading.flaw === null) &&
      sourcesInTheWay(facts, claudeCode, source) !== null,
  );
}
