export interface RegistryValue {
  /** As printed, with the hive's long name: `HKEY_CURRENT_USER\Environment`. */
  readonly key: string;
  readonly name: string;
  /** `REG_SZ` and its like: these are not translated. */
  readonly type: string;
  /** As printed: nothing expanded, the strings of a `REG_MULTI_SZ` still joined. */
  readonly text: string;
}

/**
 * Reads what `reg.exe query KEY` prints: the key's full name, then a line for each value, its name, type and data set off with
 * four blanks, then the names of the keys below. Only the name of the default value and the closing sentences are translated,
 * and nothing here depends on them. Data with line breaks is printed as it is, so a line of no known form belongs to the value
 * before it.
 */
export function parseRegistryOutput(text: string): readonly RegistryValue[] {
  const values: RegistryValue[] = [];
  let key = '';
  let open: { readonly name: string; readonly type: string; readonly lines: string[] } | null = null;
  const close = (): void => {
    if (open === null) return;
    const { name, type, lines } = open;
    while (lines.length > 1 && lines.at(-1) === '') lines.pop();
    values.push({ key, name, type, text: lines.join('\n') });
    open = null;
  };
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const value = VALUE.exec(line);
    if (value !== null) {
      close();
      open = { name: value[1] ?? '', type: value[2] ?? '', lines: [value[3] ?? ''] };
    } else if (KEY.test(line)) {
      close();
      key = line;
    } else {
      open?.lines.push(line);
    }
  }
  close();
  return values;
}

const KEY = /^HKEY_[A-Z_]+(?:\\|$)/;
/** `s`: data may hold line separators of Unicode, which end no line here. */
const VALUE = /^ {4}(.*?) {4}(REG_[A-Z_]{1,40})(?: {4}(.*)| *)$/s;

/** The strings of a `REG_MULTI_SZ`. `reg.exe` does not quote: a string that holds `\0` itself cannot be told from two. */
export function registryStrings({ type, text }: RegistryValue): readonly string[] {
  return type === 'REG_MULTI_SZ' ? text.split('\\0').filter((item) => item !== '') : [text];
}

/**
 * Replaces `%NAME%` once, as Windows does for a `REG_EXPAND_SZ`: what is not known stays as written, and its second percent
 * sign may open the next name.
 *
 * @param valueOf the value of a variable, its name in any case, or `undefined`
 */
export function expandPercentNames(text: string, valueOf: (name: string) => string | undefined): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('%', at);
    const close = open < 0 ? -1 : text.indexOf('%', open + 1);
    if (close < 0) return parts.join('') + text.slice(at);
    parts.push(text.slice(at, open));
    const name = text.slice(open + 1, close);
    const value = name === '' ? undefined : valueOf(name);
    parts.push(value ?? `%${name}`);
    at = value === undefined ? close : close + 1;
  }
}
