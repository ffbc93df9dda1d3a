/** `npm run build`: the terminal command and the app. */
import path from 'node:path';
import { buildApp } from './bundle-app.mjs';
import { buildCommand } from './bundle.mjs';
import { ROOT } from './root.mjs';

for (const build of [buildCommand, buildApp]) {
  console.log(`Built ${path.relative(ROOT, await build())}.`);
}
