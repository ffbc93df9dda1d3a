import { expect, test } from 'vitest';
import { editInWords } from '../../../testing/edit-in-words.ts';
import { editEnvrc } from './envrc.ts';

test.each([
  ['export KEY=v\n', '# credence 7f3a: export KEY=v\n'],
  ['export A=1\nexport KEY=v\n', 'export A=1\n# credence 7f3a: export KEY=v\n'],
  ['use flake\nexport KEY=v\n', 'use flake\n: # credence 7f3a: export KEY=v\n'],
  [
    '[ -f x ] && . x\nKEY=v\nexport KEY\n',
    '[ -f x ] && . x\n: # credence 7f3a: KEY=v\n: # credence 7f3a: export KEY\n',
  ],
  ['dotenv\nexport KEY=v\nPATH_add bin\n', 'dotenv\n# credence 7f3a: export KEY=v\nPATH_add bin\n'],
])('the last command of a .envrc succeeds as before, because direnv asks: %j', (text, edited) => {
  expect(editInWords(editEnvrc, text).text).toBe(edited);
});
