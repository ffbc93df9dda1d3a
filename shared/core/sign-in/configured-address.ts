/** What is wrong with an address that somebody wrote into a file. */
export type AddressFlaw =
  /** Not an address of the form `https://host[:port][/path]`. */
  | 'not-an-address'
  /** A user, a query or a fragment. */
  | 'address-with-more'
  /** http to another machine: whoever is on the way reads along. */
  | 'not-https';

export type ConfiguredAddress =
  | { readonly ok: true; readonly host: string; readonly isLoopback: boolean }
  | { readonly ok: false; readonly flaw: AddressFlaw };

/** Plain characters alone: what a parser of addresses would repair, drop or decode is not taken in the first place. */
const WHOLE =
  /^(https?):\/\/(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\.?)(?::(\d{1,5}))?((?:\/[\w.~!$&'()*+,;=:@%-]*)*)$/;
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
const LONGEST = 2_000;

/** Names lead where the resolver says; these lead to this machine whatever it says (RFC 8252, 8.3). */
const LOOPBACK = ['127.0.0.1', '[::1]'] as const;

/** Reads an https address, or an http one on a loopback address; without user, query and fragment. */
export function configuredAddress(text: string): ConfiguredAddress {
  const fail = (flaw: AddressFlaw): ConfiguredAddress => ({ ok: false, flaw });
  if (text.length > LONGEST) return fail('not-an-address');
  if (/^https?:\/\/[^/?#]*@/.test(text) || /^https?:\/\/[^?#]*[?#]/.test(text))
    return fail('address-with-more');
  const found = WHOLE.exec(text);
  if (found === null || BROKEN_ESCAPE.test(text)) return fail('not-an-address');
  const [, scheme, host = '', port] = found;
  if (host.includes('..') || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)))
    return fail('not-an-address');
  const isLoopback = LOOPBACK.some((own) => own === host);
  return scheme === 'https' || isLoopback ? { ok: true, host, isLoopback } : fail('not-https');
}
