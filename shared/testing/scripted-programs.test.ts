import { describe, expect, test } from 'vitest';
import type { StartedPrograms } from '../ports/started-programs.ts';
import { scriptedPrograms } from './scripted-programs.ts';
import {
  startedProgramsContract,
  type PutStartedProgram,
  type StartedBehaviour,
} from './started-programs-contract.ts';

describe('as everything that starts programs', () => {
  test.each(startedProgramsContract(put))('$title', ({ run }) => run());
});

describe('as a double', () => {
  const request = {
    file: '/claude',
    args: [],
    folder: '/',
    variables: {},
    onOutput: () => undefined,
  };

  test('What was sent is told, each time as one entry.', () => {
    const programs = scriptedPrograms();
    const program = programs.start(request);
    expect([program?.send('a'), program?.send('b')]).toEqual([true, true]);
    expect(programs.played[0]?.received).toEqual(['a', 'b']);
  });

  test('A stop that is asked twice reaches the program once.', async () => {
    let stops = 0;
    const programs = scriptedPrograms(true, (program) => {
      stops += 1;
      program.ends(143, 'terminate');
    });
    const program = programs.start(request);
    await Promise.all([program?.stop(), program?.stop()]);
    expect([stops, programs.played[0]?.stopped]).toEqual([1, true]);
  });

  test('What it says after its end reaches nobody.', () => {
    const heard: string[] = [];
    const programs = scriptedPrograms();
    programs.start({ ...request, onOutput: (text) => heard.push(text) });
    const [played] = programs.played;
    played?.says('a');
    played?.ends(0);
    played?.says('b');
    expect(heard).toEqual(['a']);
  });
});

/** The double, with a program in it that plays the behaviour by itself. */
function put(behaviour: StartedBehaviour | null): PutStartedProgram {
  const { ignores = 'nothing', interruptedWith = null } = behaviour ?? {};
  const scripted = scriptedPrograms(behaviour !== null, (program) => {
    if (ignores === 'nothing') program.ends(interruptedWith, 'interrupt');
    else program.ends(null, ignores === 'interrupt' ? 'terminate' : 'kill');
  });
  const programs: StartedPrograms = {
    start: (request) => {
      const program = scripted.start(request);
      const played = scripted.played.at(-1);
      if (program === null || played === undefined || behaviour === null) return null;
      queueMicrotask(() => {
        for (const [from, text] of behaviour.says ?? []) played.says(text, from);
        if (behaviour.exitCode !== undefined) played.ends(behaviour.exitCode);
      });
      return behaviour.repeats === true ? repeating(program, played) : program;
    },
  };
  return { programs, file: '/bin/made-up', folder: '/' };
}

function repeating(
  program: NonNullable<ReturnType<StartedPrograms['start']>>,
  played: ReturnType<typeof scriptedPrograms>['played'][number],
): typeof program {
  return {
    ...program,
    send: (bytes) => {
      const taken = program.send(bytes);
      if (bytes === 'end\n') played.ends(0);
      else played.says(Buffer.from(bytes, 'latin1').toString('utf8'));
      return taken;
    },
  };
}
