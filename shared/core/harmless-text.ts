const REPLACEMENT = '\ufffd';

/**
 * Without what a stranger's text could use to move the cursor, to turn the reading direction, to start a line or to hide:
 * control characters, bidirectional marks, line separators, invisible characters and halves of surrogate pairs.
 */
export function harmlessText(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu,
    REPLACEMENT,
  );
}
