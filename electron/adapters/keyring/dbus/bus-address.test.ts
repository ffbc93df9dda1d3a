import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { busAddress } from './bus-address.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credence bus-'));
  writeFileSync(path.join(folder, 'bus'), '');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ['unix:path=/run/user/1000/bus', '/run/user/1000/bus'],
  ['unix:path=/tmp/dbus-x,guid=ab', '/tmp/dbus-x'],
  ['unix:guid=ab,path=/tmp/a%20b%c3%a9', '/tmp/a bé'],
  ['unix:abstract=/tmp/dbus-x,guid=ab', '\0/tmp/dbus-x'],
  ['tcp:host=127.0.0.1,port=1;unix:path=/second', '/second'],
  ['autolaunch:', null],
  ['tcp:host=127.0.0.1,port=1', null],
  ['unix:tmpdir=/tmp', null],
  ['unix:', null],
  ['unix', null],
  [';', null],
])('%j leads to %j.', (DBUS_SESSION_BUS_ADDRESS, socket) => {
  expect(busAddress({ DBUS_SESSION_BUS_ADDRESS })?.socket ?? null).toBe(socket);
});

test('Where none is named, the one of systemd is taken if it is there, and named to others.', () => {
  const address = busAddress({ XDG_RUNTIME_DIR: folder });
  expect(address?.socket).toBe(path.join(folder, 'bus'));
  expect(busAddress({ DBUS_SESSION_BUS_ADDRESS: address?.text ?? '' })?.socket).toBe(address?.socket);
  expect(address?.text).not.toContain(' ');
});

test('One that is named and cannot be used is not replaced by another.', () => {
  expect(busAddress({ DBUS_SESSION_BUS_ADDRESS: 'autolaunch:', XDG_RUNTIME_DIR: folder })).toBeNull();
});
