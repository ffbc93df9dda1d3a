/** What the demo’s “server” shows. No script, nothing from elsewhere. */
const STYLE = `<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 4rem auto; padding: 0 1rem; color-scheme: light dark; }
  a.button { display: inline-block; padding: 0.6rem 1.4rem; border: 1px solid; border-radius: 0.4rem; text-decoration: none; }
  code { display: block; padding: 0.6rem; border: 1px dashed; overflow-wrap: anywhere; user-select: all; }
</style>`;

export const AUTHORIZE_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Demo: approve the login</title>${STYLE}</head>
<body>
<h1>This is the demo</h1>
<p>A made-up program asks for a made-up login. No account is involved, and nothing leaves this machine.</p>
<p {HIDDEN}><a class="button" id="approve" href="{BACK}">Approve</a></p>
<p>Or paste this code where you are asked for it:</p>
<code id="code">{CODE}</code>
</body></html>
`;

export const LANDING_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Demo: logged in</title>${STYLE}</head>
<body>
<h1>You are logged in, in the demo</h1>
<p>You can close this page and go back to Credence.</p>
</body></html>
`;
