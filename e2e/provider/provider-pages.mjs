/** The pages of a made-up organisation, for people and for tests alike: plain forms, no script, nothing from elsewhere. */

/** @param {string} text */
export function asHtml(text) {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** @param {string} title @param {string} body */
function page(title, body) {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asHtml(title)}</title>
<link rel="icon" href="data:,">
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem; color: #1c2430; background: #f4f6f8 }
main { background: #fff; border: 1px solid #d5dbe3; border-radius: 8px; padding: 1.5rem }
input[type=text] { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; margin: .25rem 0 1rem }
button { font: inherit; padding: .5rem 1rem; margin-right: .5rem }
small { color: #5a6675 }
</style>
</head>
<body><main>
<h1>${asHtml(title)}</h1>
${body}
<p><small>Northwind is made up. This page runs on this computer only.</small></p>
</main></body>
</html>`;
}

/** @param {string} action */
export function loginPage(action) {
  return page(
    'Sign in to Northwind',
    `<form method="post" action="${asHtml(action)}">
<label>Your name <input type="text" name="account" value="petra" autocomplete="off"></label>
<button type="submit" name="answer" value="yes">Sign in</button>
<button type="submit" name="answer" value="no">Cancel</button>
</form>`,
  );
}

/** @param {string} action @param {string} client @param {readonly string[]} asked */
export function consentPage(action, client, asked) {
  const list = asked.map((scope) => `<li>${asHtml(scope)}</li>`).join('');
  return page(
    'Allow access?',
    `<p><b>${asHtml(client)}</b> asks for:</p><ul>${list}</ul>
<form method="post" action="${asHtml(action)}">
<button type="submit" name="answer" value="yes">Allow</button>
<button type="submit" name="answer" value="no">Deny</button>
</form>`,
  );
}

/** @param {string} form oidc-provider’s own, with a field for the code @param {boolean} again */
export function devicePage(form, again) {
  return page(
    'Connect a device',
    `<p>${again ? 'That code is not known, or not any more.' : 'Enter the code that your device shows.'}</p>
${form}
<button type="submit" form="op.deviceInputForm">Continue</button>`,
  );
}

/** @param {string} form oidc-provider’s own @param {string} client @param {string} code */
export function deviceConfirmPage(form, client, code) {
  return page(
    'Is this your device?',
    `<p><b>${asHtml(client)}</b> shows this code:</p><p><b>${asHtml(code)}</b></p>
${form}
<button type="submit" form="op.deviceConfirmForm">Yes, continue</button>
<button type="submit" form="op.deviceConfirmForm" name="abort" value="yes">No</button>`,
  );
}

export function deviceDonePage() {
  return page('Signed in', '<p>You can go back to your device.</p>');
}

/** @param {string} error a code of the protocol */
export function troublePage(error) {
  return page('This did not work', `<p>The provider says: <code>${asHtml(error)}</code>.</p>`);
}
