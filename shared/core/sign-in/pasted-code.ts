/** What a person pasted, without what copying adds. Secret. */
export interface PastedCode {
  /** Printable ASCII without a blank; may be sent as a line. Empty: nothing of it could be used. */
  readonly text: string;
  /** It has both halves: the code, and what binds it to the attempt. */
  readonly complete: boolean;
  /** The half behind the `#`; `null` unless complete. */
  readonly state: string | null;
}

const NOTHING: PastedCode = { text: '', complete: false, state: null };

/** Characters, before cleaning: a code is some two hundred long, an address some five hundred. */
const LONGEST_PASTE = 16_384;
const LONGEST_CODE = 4096;

/** Marks of a bracketed paste, and colours that came along. */
// eslint-disable-next-line no-control-regex -- that is what is to be taken away
const SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
/** Blanks, line ends, control characters and whatever cannot be seen. */
const UNSEEN = /[\s\p{C}\p{Z}]|\p{Default_Ignorable_Code_Point}/gu;
const OPENING = /^["'`<([{\u2018\u201c\u201e\u00ab\u2039]+/;
/** Looked at from the first one of a run only: from each of them, a long one in the middle would take seconds. */
const CLOSING =
  /(?<!["'`>)\]}\u2019\u201d\u201c\u00bb\u203a.,;])["'`>)\]}\u2019\u201d\u201c\u00bb\u203a.,;]+$/;

/**
 * Cleans what was pasted: the code that the page shows (`code#state`), wrapped, quoted or with blanks, or the whole address that
 * the browser stopped at (`…?code=…&state=…`).
 */
export function pastedCode(pasted: string): PastedCode {
  if (pasted.length > LONGEST_PASTE) return NOTHING;
  const text = pasted.replace(SEQUENCES, '').replace(UNSEEN, '').replace(OPENING, '').replace(CLOSING, '');
  const isAddress = /^https?:\/\//i.test(text) || /^[?&]?code=/.test(text);
  const code = isAddress ? codeInAddress(text) : text.includes('#') ? text : text.replace(/%23/, '#');
  // Whatever is not plain would be another code to the program than to a person.
  if (code === null || code.length > LONGEST_CODE || !/^[!-~]+$/.test(code)) return NOTHING;
  const halves = code.split('#');
  const [first = '', second = ''] = halves;
  const complete = halves.length === 2 && first !== '' && second !== '';
  return { text: code, complete, state: complete ? second : null };
}

function codeInAddress(text: string): string | null {
  const [before = '', fragment = ''] = text.split('#', 2);
  const query = before.slice(before.indexOf('?') + 1).replace(/^&/, '');
  const code = parameter(query, 'code');
  if (code === null) return null;
  const state =
    parameter(query, 'state') ?? (fragment.includes('=') ? parameter(fragment, 'state') : fragment);
  return state === null || state === '' ? code : `${code}#${state}`;
}

/** `null`: not there, or several times. */
function parameter(query: string, name: string): string | null {
  const values = query
    .split('&')
    .flatMap((pair) => (pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : []));
  const [value] = values;
  if (value === undefined || values.length > 1) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
