import { expect, test } from 'vitest';
import { isInstalled, runsTypeScript } from './setup.mjs';

const here = { platform: 'linux', arch: 'x64' };

const lock = (packages: Record<string, object>): object => ({ packages });
const one = { version: '1.0.0' };
const forLinux = { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] };
const forMac = { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] };

test.each([
  ['nothing is installed', lock({ 'node_modules/one': one }), undefined, false],
  ['all is installed', lock({ '': {}, 'node_modules/one': one }), lock({ 'node_modules/one': one }), true],
  [
    'a package has another version',
    lock({ 'node_modules/one': one }),
    lock({ 'node_modules/one': { version: '2.0.0' } }),
    false,
  ],
  ['a package is missing', lock({ 'node_modules/one': one }), lock({}), false],
  ['one is left over', lock({}), lock({ 'node_modules/one': one }), false],
  ['one for another system is missing', lock({ 'node_modules/mac': forMac }), lock({}), true],
  ['one for this system is missing', lock({ 'node_modules/linux': forLinux }), lock({}), false],
  [
    'one for another C library may be',
    lock({ 'node_modules/musl': { ...forLinux, libc: ['musl'] } }),
    lock({}),
    true,
  ],
])('Whether packages must be installed, when %s.', (_, wanted, installed, expected) => {
  expect(isInstalled(wanted, installed, here)).toBe(expected);
});

test.each([
  ['20.20.2', false],
  ['22.17.1', false],
  ['22.18.0', true],
  ['23.5.0', false],
  ['23.6.0', true],
  ['24.0.0', true],
])('Node %s runs TypeScript without a flag: %s.', (version, expected) => {
  expect(runsTypeScript(version)).toBe(expected);
});
