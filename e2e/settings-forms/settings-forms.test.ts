import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { settingsParsers } from '../../shared/core/settings/settings-file.ts';

/** One member of a settings file in one version: the values with which the real program kept the file, or dropped it. */
interface MeasuredMember {
  readonly member: string;
  readonly version: string;
  readonly kept: readonly unknown[];
  readonly dropped: readonly unknown[];
}

const measured = readFileSync(path.join(import.meta.dirname, 'measured.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as MeasuredMember);

describe('A settings file with one member is kept or dropped as the real program did', () => {
  test.each(measured.map((row) => [row.member, row.version, row] as const))(
    '%s in %s.',
    (_, version, row) => {
      const { own } = settingsParsers(version);
      const isKept = (value: unknown): boolean => own(JSON.stringify({ [row.member]: value })).ok;
      expect({
        kept: row.kept.filter((value) => !isKept(value)),
        dropped: row.dropped.filter(isKept),
      }).toEqual({
        kept: [],
        dropped: [],
      });
    },
  );
});
