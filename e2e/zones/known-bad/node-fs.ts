// as: shared/core/known-bad.ts
// expect: TS2591
import { readFileSync } from 'node:fs';

export const text = readFileSync('/etc/hostname', 'utf8');
