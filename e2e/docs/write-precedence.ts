/** `npm run docs:precedence`: writes docs/precedence.md anew from the rules. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { precedenceText } from './precedence-text.ts';

writeFileSync(path.join(import.meta.dirname, '../../docs/precedence.md'), await precedenceText());
