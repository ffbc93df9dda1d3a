import { memberLine, syntaxFaultLine } from '../../core/settings/fault-line.ts';
import type { SettingsFile } from '../../core/settings/settings-file.ts';
import { isKnownMember } from '../../core/settings/forms/settings-forms.ts';
import { WATCHED } from '../../core/sources/index.ts';
import type { FileStore } from '../../ports/file-store.ts';

/** The lines around the fault of a settings file, with everything hidden that could be a secret. */
export interface FaultExcerpt {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly lines: readonly { readonly number: number; readonly text: string; readonly isFault: boolean }[];
}

/** Lines shown before and behind the fault. */
const AROUND = 2;
const MOST_BYTES = 64 * 1024;
/** Longest line: characters. */
const LONGEST = 120;
const HIDDEN = '••••••••';

/** The fault of the first file that is dropped and can be shown; `null` when there is none. */
export function faultExcerpt(files: readonly SettingsFile[], store: FileStore): FaultExcerpt | null {
  for (const { path, state, reason, key } of files) {
    if (state !== 'dropped' || path === null) continue;
    const file = store.read(path, MOST_BYTES);
    if (file.state !== 'read') continue;
    const line =
      reason === 'not-json' ? syntaxFaultLine(file.text) : key === null ? 1 : memberLine(file.text, key);
    if (line !== null) return { path, line, lines: linesAround(file.text, line) };
  }
  return null;
}

function linesAround(text: string, fault: number): FaultExcerpt['lines'] {
  return text
    .split('\n')
    .map((content, at) => ({ number: at + 1, text: hidden(content), isFault: at + 1 === fault }))
    .filter(({ number }) => Math.abs(number - fault) <= AROUND);
}

/** A name before a colon, a word of JSON, a sign, or anything else: that is hidden. */
const PIECES =
  /"([A-Za-z0-9_$]{1,64})"(?=\s*:)|\b(?:true|false|null)\b|[{}[\],:]|\s+|"(?:[^"\\]|\\.)*"?|[^\s{}[\],:"]+/g;

/** One line without anything that could be a secret: only signs, the words of JSON and names that are known stay. */
export function hidden(line: string): string {
  const shown = line.replace(PIECES, (piece: string, name: string | undefined) => {
    if (name !== undefined) return isKnownName(name) ? piece : `"${HIDDEN}"`;
    if (/^(?:true|false|null|[{}[\],:]|\s+)$/.test(piece))
      return piece.replaceAll('\t', '  ').replaceAll('\r', '');
    return piece.startsWith('"') ? `"${HIDDEN}"` : HIDDEN;
  });
  return shown.length <= LONGEST ? shown : `${shown.slice(0, LONGEST - 1)}…`;
}

const isKnownName = (name: string): boolean => WATCHED.has(name) || isKnownMember(name);
