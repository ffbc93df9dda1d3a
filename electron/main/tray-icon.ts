import { deflateSync } from 'node:zlib';
import type { VerdictMark } from '../../shared/ipc/snapshot.ts';

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export interface IconColours {
  readonly ink: Colour;
  /** Of what sits in the slot. */
  readonly content: Colour;
}

/** The mark is drawn on a grid of 16 × 16. */
const GRID = 16;
/** Points tried for each pixel, in each direction. */
const SAMPLES = 4;

/**
 * The tray’s icon as a PNG: a slot and what sits in it. Drawn here, because the system wants pixels in the size and colours of
 * its own panel.
 *
 * @param size pixels, width and height
 */
export function trayIconPng(mark: VerdictMark, size: number, colours: IconColours): Buffer {
  const content = CONTENTS[mark];
  const rows: number[] = [];
  for (let y = 0; y < size; y++) {
    rows.push(0); // the PNG filter of this row: none
    for (let x = 0; x < size; x++) {
      const slot = coverage(x, y, size, (px, py) => isSlot(px, py, mark === 'unknown'));
      const inside = coverage(x, y, size, content);
      const [red, green, blue] = inside > 0 ? colours.content : colours.ink;
      rows.push(red, green, blue, Math.round(255 * Math.max(slot, inside)));
    }
  }
  return encodePng(size, Buffer.from(rows));
}

type Shape = (x: number, y: number) => boolean;

function coverage(x: number, y: number, size: number, shape: Shape): number {
  const scale = GRID / size;
  let hits = 0;
  for (let sy = 0; sy < SAMPLES; sy++) {
    for (let sx = 0; sx < SAMPLES; sx++) {
      if (shape((x + (sx + 0.5) / SAMPLES) * scale, (y + (sy + 0.5) / SAMPLES) * scale)) hits += 1;
    }
  }
  return hits / (SAMPLES * SAMPLES);
}

/** A C with square shoulders: a line of width 2 around the left, open to the right; in pieces when nothing is known. */
function isSlot(x: number, y: number, inPieces: boolean): boolean {
  const { distance, along } = onSlot(x, y);
  if (distance > 1) return false;
  return !inPieces || along % DASH < DASH * (2 / 3);
}
const ARC = 2 * Math.PI;
const DASH = (9 + ARC + 4 + ARC + 9) * 0.15;

/** How far a point is from the slot’s line, and how far along the line it lies. */
function onSlot(x: number, y: number): { readonly distance: number; readonly along: number } {
  if (x > 15) return { distance: Infinity, along: 0 };
  if (x >= 6) {
    return y < 8
      ? { distance: Math.abs(y - 2), along: 15 - x }
      : { distance: Math.abs(y - 14), along: 9 + ARC + 4 + ARC + (x - 6) };
  }
  if (y < 6) {
    const angle = Math.atan2(6 - x, 6 - y);
    return { distance: Math.abs(Math.hypot(x - 6, y - 6) - 4), along: 9 + 4 * angle };
  }
  if (y > 10) {
    const angle = Math.atan2(y - 10, 6 - x);
    return { distance: Math.abs(Math.hypot(x - 6, y - 10) - 4), along: 9 + ARC + 4 + 4 * angle };
  }
  return { distance: Math.abs(x - 2), along: 9 + ARC + (y - 6) };
}

const disc =
  (cx: number, cy: number, radius: number): Shape =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) <= radius;

const frontCoin = disc(11.5, 8, 3.5);
const backCoin = disc(8.1, 8, 3.5);
const gapBetweenCoins = disc(11.5, 8, 4.5);

/** What sits in the slot, by shape first. */
const CONTENTS: Readonly<Record<VerdictMark, Shape>> = {
  fine: disc(10.5, 8, 2.5),
  metered: (x, y) => frontCoin(x, y) || (backCoin(x, y) && !gapBetweenCoins(x, y)),
  attention: (x, y) => y >= 4.1 && y <= 12 && Math.abs(x - 10.5) <= (y - 3.6) * 0.53,
  broken: (x, y) => isStroke(x, y, 1) || isStroke(x, y, -1),
  unknown: () => false,
  nothing: () => false,
};

/** One bar of the cross, from corner to corner of a square around 10.5, 8. */
function isStroke(x: number, y: number, slope: 1 | -1): boolean {
  const [dx, dy] = [x - 10.5, (y - 8) * slope];
  return Math.abs(dx - dy) / Math.SQRT2 <= 1 && Math.abs(dx + dy) / Math.SQRT2 <= 3 * Math.SQRT2;
}

function encodePng(size: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // eight bits, colour with alpha
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
