import { Fragment, type ReactNode } from 'react';

/** Characters: what is longer has to break somewhere in a narrow window. */
const LONGEST = 20;

/** A text in which an option or a name with a hyphen is not broken at it: `--made-on` stays what can be typed. */
export function WholeWords({ text }: { readonly text: string }): ReactNode {
  return text.split(/( +)/).map((part, at) => {
    const key = `${String(at)}-${part}`;
    return part.includes('-') && part.length <= LONGEST ? (
      <span key={key} className="whole-word">
        {part}
      </span>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    );
  });
}
