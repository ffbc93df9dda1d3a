// as: build/known-bad.mjs
// expect: zones/imports
export { build } from 'esbuild';
