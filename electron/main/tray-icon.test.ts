import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { VerdictMark } from '../../shared/ipc/snapshot.ts';
import { crc32 } from 'node:zlib';
import { trayIconPng, type IconColours } from './tray-icon.ts';

const MARKS: readonly VerdictMark[] = ['fine', 'metered', 'attention', 'broken', 'unknown', 'nothing'];
const COLOURS: IconColours = { ink: [1, 2, 3], content: [200, 100, 50] };

interface Picture {
  readonly size: number;
  /** Red, green, blue and alpha of each pixel. */
  readonly pixels: readonly (readonly number[])[];
}

/** Reads what these icons are: no filter, one piece, eight bits with alpha. Throws for anything else. */
function picture(png: Buffer): Picture {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const chunks = new Map<string, Buffer>();
  let at = 8;
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.subarray(0, 4).toString('latin1'), body.subarray(4));
    at += 12 + length;
  }
  expect(at).toBe(png.length);
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR') ?? Buffer.alloc(13);
  const size = header.readUInt32BE(0);
  expect(header.readUInt32BE(4)).toBe(size);
  expect([...header.subarray(8)]).toEqual([8, 6, 0, 0, 0]);
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  expect(rows.length).toBe(size * (1 + size * 4));
  const pixels = Array.from({ length: size * size }, (_, number) => {
    const start = Math.floor(number / size) * (1 + size * 4) + 1 + (number % size) * 4;
    return [...rows.subarray(start, start + 4)];
  });
  for (let row = 0; row < size; row++) expect(rows[row * (1 + size * 4)]).toBe(0);
  return { size, pixels };
}

describe('The icon of the tray', () => {
  test.each(MARKS.flatMap((mark) => [16, 22, 32].map((size) => ({ mark, size }))))(
    'is a picture for $mark of $size pixels.',
    ({ mark, size }) => {
      const { size: is, pixels } = picture(trayIconPng(mark, size, COLOURS));
      expect(is).toBe(size);
      const seen = pixels.filter(([, , , alpha]) => alpha === 255).length;
      // Neither empty nor a block.
      expect(seen).toBeGreaterThan(size * size * 0.08);
      expect(seen).toBeLessThan(size * size * 0.7);
      for (const pixel of pixels) expect([COLOURS.ink, COLOURS.content]).toContainEqual(pixel.slice(0, 3));
    },
  );

  test('tells the marks apart by their shape alone, at every size.', () => {
    for (const size of [16, 32]) {
      const shapes = MARKS.map((mark) =>
        picture(trayIconPng(mark, size, COLOURS)).pixels.map(([, , , alpha]) => alpha ?? 0),
      );
      for (const [at, one] of shapes.entries()) {
        for (const other of shapes.slice(at + 1)) {
          const differing = one.filter((alpha, pixel) => Math.abs(alpha - (other[pixel] ?? 0)) > 100).length;
          expect(differing).toBeGreaterThan(size * size * 0.015);
        }
      }
    }
  });

  test('colours what sits in the slot.', () => {
    const coloured = (mark: VerdictMark): number =>
      picture(trayIconPng(mark, 32, COLOURS)).pixels.filter(
        ([red, , , alpha]) => red === 200 && alpha === 255,
      ).length;
    expect(MARKS.filter((mark) => coloured(mark) > 0)).toEqual(['fine', 'metered', 'attention', 'broken']);
  });
});
