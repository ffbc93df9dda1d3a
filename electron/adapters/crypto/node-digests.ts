import { createHash } from 'node:crypto';
import type { Digests } from '../../../shared/ports/digests.ts';

export const nodeDigests: Digests = {
  sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  sha256OfBytes: (bytes) => createHash('sha256').update(bytes, 'latin1').digest('hex'),
};
