import fc from 'fast-check';

/** A value with its members in order, duplicates among them; scalars as they are spelled. */
export type Model =
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: Model])[] }
  | { readonly kind: 'array'; readonly elements: readonly Model[] }
  | { readonly kind: 'scalar'; readonly spelled: string };

/** How a document is written: each list is gone through again and again. */
export interface Spelling {
  /** Between tokens. */
  readonly blanks: readonly string[];
  /** For each string, whether its first letter is spelled with an escape. */
  readonly escapes: readonly boolean[];
  /** For each list, whether a comma stands behind the last item. */
  readonly trailing: readonly boolean[];
  readonly byteOrderMark: boolean;
}

const SCALARS = [
  '12345678901234567890',
  '1.0',
  '-0',
  '1e400',
  'true',
  'false',
  'null',
  '""',
  '"é€\u{1f511}"',
  '"a\\"b\\\\"',
  '"// no comment"',
  '"[{,"',
];

/** @param names what members may be called, beside names that nobody asks for */
export const anyModel = (names: readonly string[]): fc.Arbitrary<Model> =>
  fc.letrec<{ model: Model }>((tie) => ({
    model: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom(...SCALARS).map((spelled): Model => ({ kind: 'scalar', spelled })),
      fc.array(tie('model'), { maxLength: 3 }).map((elements): Model => ({ kind: 'array', elements })),
      fc
        .array(fc.tuple(fc.constantFrom(...names, 'other', '__proto__', 'é', ''), tie('model')), {
          maxLength: 4,
        })
        .map((members): Model => ({ kind: 'object', members })),
    ),
  })).model;

export const objectOf = (
  value: fc.Arbitrary<readonly [string, Model]>,
  maxLength = 6,
): fc.Arbitrary<Model & { kind: 'object' }> =>
  fc.array(value, { maxLength }).map((members) => ({ kind: 'object', members }));

export const text = (value: string): Model => ({ kind: 'scalar', spelled: JSON.stringify(value) });

const BLANKS = ['', '', ' ', '\n', '\n  ', '\n\t', '\r\n  ', '  ', '\n\n    '];
const COMMENTS = ['// a "comment", {\n', '/* b: [ */', ' /* c\n */ ', '\n// d\r\n  ', '/**/'];

export const anySpelling = (dialect: 'json' | 'jsonc'): fc.Arbitrary<Spelling> =>
  fc.record({
    blanks: fc.array(fc.constantFrom(...BLANKS, ...(dialect === 'jsonc' ? COMMENTS : [])), {
      minLength: 1,
      maxLength: 12,
    }),
    escapes: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
    trailing: fc.array(fc.constantFrom(false, dialect === 'jsonc'), { minLength: 1, maxLength: 3 }),
    byteOrderMark: fc.boolean(),
  });

/** The model as bytes (latin1 of UTF-8). */
export function spell(model: Model, { blanks, escapes, trailing, byteOrderMark }: Spelling): string {
  const next = { blank: 0, escape: 0, trailing: 0 };
  const blank = (): string => blanks[next.blank++ % blanks.length] ?? '';
  const name = (value: string): string => {
    const isEscaped = escapes[next.escape++ % escapes.length] === true && /^[a-zA-Z]/.test(value);
    const first = value.charCodeAt(0).toString(16).padStart(4, '0');
    return isEscaped ? `"\\u${first}${value.slice(1)}"` : JSON.stringify(value);
  };
  const list = (items: readonly string[]): string => {
    const last =
      items.length > 0 && trailing[next.trailing++ % trailing.length] === true ? ',' + blank() : '';
    return blank() + items.join(',') + last;
  };
  const write = (value: Model): string => {
    switch (value.kind) {
      case 'scalar':
        return value.spelled;
      case 'array':
        return `[${list(value.elements.map((element) => blank() + write(element) + blank()))}]`;
      case 'object':
        return `{${list(value.members.map(([key, member]) => `${blank()}${name(key)}${blank()}:${blank()}${write(member)}${blank()}`))}}`;
    }
  };
  const document = blank() + write(model) + blank();
  return Buffer.from((byteOrderMark ? '\ufeff' : '') + document, 'utf8').toString('latin1');
}

/** Texts as programs write them: every item on a line of its own. */
export function lined(model: Model, indent: string, newline: string): string {
  const write = (value: Model, lead: string): string => {
    if (value.kind === 'scalar') return value.spelled;
    const items =
      value.kind === 'array'
        ? value.elements.map((element) => write(element, lead + indent))
        : value.members.map(([key, member]) => `${JSON.stringify(key)}: ${write(member, lead + indent)}`);
    const [open, close] = value.kind === 'array' ? ['[', ']'] : ['{', '}'];
    if (items.length === 0) return open + close;
    const inner = newline + lead + indent;
    return `${open}${inner}${items.join(`,${inner}`)}${newline}${lead}${close}`;
  };
  return Buffer.from(write(model, '') + newline, 'utf8').toString('latin1');
}
