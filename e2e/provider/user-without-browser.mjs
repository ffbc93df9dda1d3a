/** A person at the pages of a provider, as far as forms and cookies make one: for tests that need no browser. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/**
 * @typedef {object} Answers
 * @property {string} [as] the account; `petra` unless it is given
 * @property {boolean} [deny] says no where it can
 * @property {readonly string[]} [withhold] scopes that are not granted
 *
 * @typedef {{ url: URL, status: number, location: string | undefined, text: string }} Visit
 */

const MOST_STEPS = 20;

export function userWithoutBrowser() {
  /** @type {Map<string, string>} */
  const cookies = new Map();

  /** @param {URL} url @param {URLSearchParams} [form] @returns {Promise<Visit>} */
  const visit = async (url, form) => {
    const { status, headers, text } = await exchange(
      url,
      [...cookies].map((pair) => pair.join('=')).join('; '),
      form,
    );
    for (const line of headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '') cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), value);
    }
    return { url, status, location: headers.location, text };
  };

  /**
   * @param {Visit} start
   * @param {Answers} answers
   * @param {(visit: Visit) => boolean} isEnd
   */
  const walk = async (start, answers, isEnd) => {
    let at = start;
    for (let step = 0; step < MOST_STEPS; step++) {
      if (isEnd(at)) return at;
      if (at.location !== undefined) {
        const next = new URL(at.location, at.url);
        if (next.origin !== start.url.origin) return at;
        at = await visit(next);
      } else {
        const filled = fillForm(at, answers);
        if (filled === null) return at;
        at = await visit(filled.url, filled.form);
      }
    }
    throw new Error('The provider’s pages lead in a circle.');
  };

  return {
    /** @param {string} authorizationUrl @param {Answers} [answers] @returns {Promise<string>} the address of the callback */
    async signIn(authorizationUrl, answers = {}) {
      const start = await visit(new URL(authorizationUrl));
      const end = await walk(start, answers, () => false);
      if (end.location === undefined)
        throw new Error(`The provider stopped with ${String(end.status)}: ${titleOf(end)}`);
      return end.location;
    },

    /** @param {string} page @param {string} userCode @param {Answers} [answers] */
    async approveDevice(page, userCode, answers = {}) {
      const input = await visit(new URL(page));
      const form = hiddenFields(input.text);
      form.set('user_code', userCode);
      const confirm = await visit(new URL(page), form);
      if (!confirm.text.includes('op.deviceConfirmForm'))
        throw new Error(`The provider does not know that code: ${titleOf(confirm)}`);
      const end = await walk(
        confirm,
        answers,
        ({ text }) => answers.deny === true && !text.includes('<form'),
      );
      if (answers.deny !== true && !end.text.includes('Signed in')) {
        throw new Error(`The provider stopped with ${String(end.status)}: ${titleOf(end)}`);
      }
    },
  };
}

/** @param {Visit} visit @param {Answers} answers */
function fillForm({ url, text }, answers) {
  const action = /<form[^>]* action="([^"]*)"/.exec(text)?.[1];
  if (action === undefined || text.includes('op.deviceInputForm')) return null;
  const form = hiddenFields(text);
  if (text.includes('op.deviceConfirmForm')) {
    if (answers.deny === true) form.set('abort', 'yes');
  } else {
    if (text.includes('name="account"')) form.set('account', answers.as ?? 'petra');
    // Who says no does so where it is asked, not at the door.
    else for (const scope of answers.withhold ?? []) form.append('withhold', scope);
    form.set('answer', answers.deny === true ? 'no' : 'yes');
  }
  return { url: new URL(action, url), form };
}

/** @param {string} text */
function hiddenFields(text) {
  const form = new URLSearchParams();
  for (const [field] of text.matchAll(/<input type="hidden"[^>]*>/g)) {
    const name = / name="([^"]*)"/.exec(field)?.[1];
    if (name !== undefined) form.append(name, / value="([^"]*)"/.exec(field)?.[1] ?? '');
  }
  return form;
}

/** @param {Visit} visit */
function titleOf({ text }) {
  return /<code>(.*?)<\/code>/.exec(text)?.[1] ?? /<title>(.*?)<\/title>/.exec(text)?.[1] ?? 'no page';
}

/**
 * @param {URL} url
 * @param {string} cookie
 * @param {URLSearchParams} [form]
 * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, text: string }>}
 */
function exchange(url, cookie, form) {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(
      url,
      {
        method: form === undefined ? 'GET' : 'POST',
        // The lab's own certificates are trusted by nobody.
        rejectUnauthorized: false,
        agent: false,
        headers: {
          ...(cookie === '' ? {} : { cookie }),
          ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
      },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    request.on('error', reject);
    request.end(form?.toString());
  });
}
