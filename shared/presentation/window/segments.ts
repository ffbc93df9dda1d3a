import type { Segment, Tone } from '../../ipc/snapshot.ts';

export const textSegment = (text: string, tone: Tone = 'ink'): Segment => ({ kind: 'text', text, tone });

/** A place that a sentence names, and how it is to stand there. */
export interface NamedPlace {
  readonly named: string;
  readonly segment: Segment;
}

/** Cuts a sentence at the places that it names, so that each can be opened where it stands. */
export function withPlaces(sentence: string, places: readonly NamedPlace[]): readonly Segment[] {
  let pieces: readonly Segment[] = [textSegment(sentence)];
  for (const place of places) {
    if (place.named === '') continue;
    pieces = pieces.flatMap((piece) => (piece.kind === 'text' ? cut(piece.text, place) : [piece]));
  }
  return pieces;
}

/** At its first occurrence: it is named once. */
function cut(text: string, { named, segment }: NamedPlace): readonly Segment[] {
  const at = text.indexOf(named);
  if (at < 0) return [textSegment(text)];
  const rest = [text.slice(0, at), text.slice(at + named.length)];
  return [textSegment(rest[0] ?? ''), segment, textSegment(rest[1] ?? '')].filter(
    (piece) => piece.kind !== 'text' || piece.text !== '',
  );
}

/** What the segments read. */
export function plainText(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join('');
}
