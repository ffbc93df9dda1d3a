import { perMode, type ConflictRule } from '../conflict-finding/conflict-rule.ts';
import { plainOrigin, withLikelyOrigin } from '../conflict-finding/likely-origin.ts';
import { LEAVE, clearingRemedies } from '../conflict-finding/remedies.ts';

/** The key that is sent was refused when the user had it checked. Another key in its place says nothing. */
export const staleKey: ConflictRule = {
  code: 'stale-key',
  find: (view) => {
    const { liveCheck } = view.facts;
    if (liveCheck?.state !== 'stale' || liveCheck.key === null) return [];
    const { fingerprint } = liveCheck.key;
    return perMode('stale-key', view, ({ xApiKey }) => {
      if (xApiKey?.source !== 'api-key' || xApiKey.reading.fingerprint !== fingerprint) return null;
      const reading = withLikelyOrigin(xApiKey.reading, view.facts);
      return {
        key: xApiKey.source,
        severity: 'critical',
        about: {
          source: xApiKey.source,
          origin: plainOrigin(reading, view.facts),
          time: liveCheck.checkedAt,
        },
        remedies: [...clearingRemedies(reading), LEAVE],
      };
    });
  },
};
