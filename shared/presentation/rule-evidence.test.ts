import { describe, expect, test } from 'vitest';
import { GATES } from '../core/rules/gates.ts';
import { RULES } from '../core/rules/table.ts';
import { CHANGE_IDS, CHANGES, type Change } from '../core/rules/versions.ts';
import { evidenceSentences, gateEvidence, ruleEvidence, type RuleEvidence } from './rule-evidence.ts';

const plain: RuleEvidence = {
  id: 'slot/made-up',
  says: 'It is so.',
  certainty: 'measured',
  evidence: 'a probe',
  since: null,
  until: null,
};

describe('How sure a rule is, and for which versions:', () => {
  test.each<[Partial<RuleEvidence>, readonly string[]]>([
    [{}, ['Measured: a probe.']],
    [{ certainty: 'documented' }, ['Not measured: a probe.']],
    [{ since: 'foundry-token' }, ['Measured: a probe.', 'It holds from 2.1.203 on, as documented.']],
    [
      { since: 'profiles' },
      ['Measured: a probe.', 'It holds from 2.1.136 on, perhaps earlier: 2.1.104 did not do it yet.'],
    ],
    [
      { until: 'foundry-alone' },
      ['Measured: a probe.', 'It holds up to 2.1.248, perhaps longer: 2.1.281 no longer does it.'],
    ],
    [
      { until: 'unusable-helper-sent-empty' },
      ['Measured: a probe.', 'It holds before 2.1.227, as documented.'],
    ],
  ])('%j', (more, sentences) => {
    expect(evidenceSentences({ ...plain, ...more })).toEqual(sentences);
  });

  test('every change can be the beginning and the end of a rule', () => {
    for (const id of CHANGE_IDS) {
      const change: Change = CHANGES[id];
      const border = change.documented ?? change.by;
      expect(evidenceSentences({ ...plain, since: id })[1]).toContain(border);
      expect(evidenceSentences({ ...plain, until: id })[1]).toContain(border);
    }
  });
});

test('Every rule and every gate is found by its id, and speaks in sentences.', () => {
  for (const { id } of RULES) {
    expect(ruleEvidence(id)?.says).toMatch(/^\.?[A-Za-z].*\.$/);
    expect(gateEvidence(id)).toBeNull();
  }
  for (const { id } of GATES) {
    expect(gateEvidence(id)?.says).toMatch(/^\.?[A-Za-z].*\.$/);
    expect(ruleEvidence(id)).toBeNull();
  }
});
