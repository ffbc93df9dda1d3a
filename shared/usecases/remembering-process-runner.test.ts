import { expect, test } from 'vitest';
import { scriptedProcessRunner } from '../testing/scripted-process-runner.ts';
import { rememberingProcessRunner } from './remembering-process-runner.ts';

const REQUEST = { file: '/bin/sh', args: ['-c', 'a'], folder: '/', variables: {}, deadline: 1, maxBytes: 9 };

test('A program runs once for as long as it is remembered, also when it is asked for twice at a time.', async () => {
  let runs = 0;
  const runner = rememberingProcessRunner(scriptedProcessRunner(() => ({ prints: String((runs += 1)) })));
  const results = await Promise.all([runner.run(REQUEST), runner.run({ ...REQUEST, deadline: 2 })]);
  expect(results.map((result) => result.state === 'ended' && result.output)).toEqual(['1', '1']);
  runner.forget();
  expect(await runner.run(REQUEST)).toMatchObject({ output: '2' });
});

test.each([{ file: '/bin/zsh' }, { args: ['-c', 'b'] }, { args: ['-c a'] }, { folder: '/home' }])(
  'Another program is another: %j.',
  async (other) => {
    const inner = scriptedProcessRunner(() => ({}));
    const runner = rememberingProcessRunner(inner);
    await runner.run(REQUEST);
    await runner.run({ ...REQUEST, ...other });
    expect(inner.requests).toHaveLength(2);
  },
);
