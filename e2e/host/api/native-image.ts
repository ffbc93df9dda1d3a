import { readFileSync } from 'node:fs';
import type { NativeImage as ElectronImage, Size } from 'electron';
import { loud, loudPrototype, notImplemented, standingFor } from '../loud.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Where a PNG file has its width, four bytes, followed by its height. */
const WIDTH_AT = 16;

/** A PNG file as it came; nothing is decoded. */
class NativeImage implements Pick<
  ElectronImage,
  'getSize' | 'isEmpty' | 'isTemplateImage' | 'setTemplateImage' | 'toDataURL' | 'toPNG'
> {
  readonly #png: Buffer;
  readonly #scale: number;
  #template = false;

  /** @param scale how many of its pixels are one */
  constructor(bytes: Buffer, scale = 1) {
    if (bytes.length > 0 && !bytes.subarray(0, PNG.length).equals(PNG))
      throw notImplemented('an image that is no PNG');
    this.#png = bytes;
    this.#scale = scale;
  }

  isEmpty(): boolean {
    return this.#png.length === 0;
  }
  getSize(): Size {
    if (this.isEmpty()) return { width: 0, height: 0 };
    const [width, height] = [this.#png.readUInt32BE(WIDTH_AT), this.#png.readUInt32BE(WIDTH_AT + 4)];
    return { width: Math.ceil(width / this.#scale), height: Math.ceil(height / this.#scale) };
  }
  toPNG(): Buffer {
    return Buffer.from(this.#png);
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`;
  }
  setTemplateImage(template: boolean): void {
    this.#template = template;
  }
  isTemplateImage(): boolean {
    return this.#template;
  }
}
Object.setPrototypeOf(NativeImage.prototype, loudPrototype('NativeImage'));

/** As in Electron an image that cannot be read is empty. */
function fromPath(path: string): NativeImage {
  try {
    return new NativeImage(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return new NativeImage(Buffer.alloc(0));
  }
}

function image(bytes: Buffer, scale?: number): ElectronImage {
  return standingFor<ElectronImage>(new NativeImage(bytes, scale));
}

export const nativeImage = loud('nativeImage', {
  createEmpty: () => image(Buffer.alloc(0)),
  createFromPath: (file: string) => standingFor<ElectronImage>(fromPath(file)),
  createFromBuffer: (bytes: Buffer, options: Electron.CreateFromBufferOptions = {}) =>
    image(bytes, options.scaleFactor),
  createFromDataURL: (url: string) =>
    image(Buffer.from(url.replace(/^data:image\/png;base64,/, ''), 'base64')),
} satisfies Pick<
  typeof Electron.nativeImage,
  'createEmpty' | 'createFromPath' | 'createFromBuffer' | 'createFromDataURL'
>);

/** @throws {Error} with Electron's words when a file holds no image */
export function imageFrom(given: unknown): NativeImage {
  if (typeof given !== 'string') {
    if (given instanceof NativeImage) return given;
    throw new TypeError('Error processing argument at index 0, conversion failure');
  }
  const read = fromPath(given);
  if (read.isEmpty()) throw new Error(`Failed to load image from path '${given}'`);
  return read;
}
