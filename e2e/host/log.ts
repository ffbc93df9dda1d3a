import { appendFileSync } from 'node:fs';
import process from 'node:process';

const FILE = process.env['STANDIN_LOG'];

/**
 * Writes a line to the file that STANDIN_LOG names. Standard error would not do: Playwright shows it only after the
 * launch, and Chromium has much to say there.
 */
export function log(...parts: readonly unknown[]): void {
  if (FILE === undefined || FILE === '') return;
  const text = parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part)));
  appendFileSync(FILE, `${new Date().toISOString()} ${String(process.pid)} ${text.join(' ')}\n`);
}
