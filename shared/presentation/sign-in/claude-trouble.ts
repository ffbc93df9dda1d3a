/** Why no `claude` is started; the same words as those of the search for it. */
export type ClaudeTrouble =
  | 'not-found'
  | 'not-absolute'
  | 'in-working-folder'
  | 'writable-by-others'
  | 'foreign-owner'
  | 'not-executable'
  | 'another-program';
