import { createHash } from 'node:crypto';
import type { LandingPage } from '../../../shared/ports/loopback.ts';

/** One sheet with a band, as the window has it; the browser’s own fonts, sizes that follow the person’s text size. */
const STYLE = `
:root{color-scheme:light dark;--window:#f5f6f7;--surface:#fff;--ink:#15181c;--ink-2:#454c55;--line:#dfe2e6;--red:#c7322b}
@media (prefers-color-scheme:dark){:root{--window:#131518;--surface:#1a1d21;--ink:#f1f3f5;--ink-2:#bcc2ca;--line:#2d3238;--red:#f0665c}}
@media (prefers-contrast:more){:root{--ink-2:var(--ink);--line:var(--ink)}}
*{margin:0}
html{background:var(--window);color:var(--ink);font:400 1rem/1.5rem system-ui,-apple-system,"Segoe UI Variable Text","Segoe UI",Cantarell,"Noto Sans",sans-serif}
header,main>*{box-sizing:border-box;max-width:40rem;margin-inline:auto;padding-inline:24px}
header{display:flex;gap:8px;align-items:center;padding-block:16px;font-weight:600}
svg{width:1.5rem;height:1.5rem;flex:none}
main{background:var(--surface);border-block:1px solid var(--line);padding-block:24px 32px;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:2rem;font-weight:600;letter-spacing:-.012em}
p{color:var(--ink-2);margin-block-start:12px}
.wrong{color:var(--red)}
@media (forced-colors:active){.wrong{color:CanvasText}}
@media (min-height:30rem){body{padding-block-start:12vh}}
`;

const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/**
 * Of every answer. Nothing runs, nothing is asked for, nothing is kept, nobody may frame it, and no other page keeps a hold of the
 * window it is shown in.
 */
export const LANDING_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src ${STYLE_HASH}; frame-ancestors 'none'; form-action 'none'; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-robots-tag': 'noindex',
};

/** The shape differs too, for whoever cannot tell the colours. The words beside it say it all, so it is not read out. */
const MARKS: Readonly<Record<LandingPage['went'], string>> = {
  well: '<circle cx="10.5" cy="8" r="2.5" fill="currentColor"/>',
  wrong:
    '<path class="wrong" d="m8 5.5 5 5m0-5-5 5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>',
};

/** The page as HTML. */
export function landingPage({ title, text, went }: LandingPage): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style></head>`,
    '<body><header><svg viewBox="0 0 16 16" aria-hidden="true">',
    '<path d="M15 2H6A4 4 0 0 0 2 6v4a4 4 0 0 0 4 4h9" fill="none" stroke="currentColor" stroke-width="2"/>',
    `${MARKS[went]}</svg>Credence</header>`,
    `<main><h1>${escaped(title)}</h1>`,
    ...text.map((sentence) => `<p>${escaped(sentence)}</p>`),
    '</main></body></html>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
