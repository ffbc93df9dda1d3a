import { fileURLToPath } from 'node:url';

/** The repository's folder. (`import.meta.dirname` would need Node 20.11.) */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
