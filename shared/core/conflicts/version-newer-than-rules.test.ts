import { expect, test } from 'vitest';
import { conflictsGiven, remediesOf } from '../../testing/given.ts';
import { NEWEST_RECORDED } from '../rules/versions.ts';

const CODE = 'version-newer-than-rules';

test.each(['2.1.329', '2.2.0', '3.0.0'])('Nobody has looked at %s yet.', async (version) => {
  const [found, ...more] = await conflictsGiven(CODE, { version });
  expect(found).toMatchObject({
    severity: 'info',
    modes: ['interactive', 'print', 'bare'],
    about: { name: version, detail: NEWEST_RECORDED },
  });
  expect(remediesOf(found)).toEqual(['update-credence']);
  expect(more).toEqual([]);
});

test.each([NEWEST_RECORDED, `${NEWEST_RECORDED}-beta.1`, '2.1.300', '2.1.1'])(
  'It is none of %s.',
  async (version) => {
    expect(await conflictsGiven(CODE, { version })).toEqual([]);
  },
);
