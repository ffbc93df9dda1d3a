/** With a capital first letter: for labels. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Turns a clause into a sentence: a capital first letter, a full stop. A path, variable or header keeps its letters. */
export function sentence(clause: string): string {
  const startsWithWord = /^[a-z]+’?[a-z]*(?=[ ,:;]|$)/.test(clause);
  const text = startsWithWord ? clause.charAt(0).toUpperCase() + clause.slice(1) : clause;
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
