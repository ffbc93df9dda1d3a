import { expect, test } from 'vitest';
import { troubleOfError } from './trouble-of-error.ts';

test.each([
  // Measured with gnome-keyring 42.1.
  ['Couldn’t access platform storage: Secret Service: unlock prompt was dismissed', 'locked'],
  ['zbus error: org.freedesktop.Secret.Error.IsLocked: Cannot get secret of a locked object', 'locked'],
  [
    'Platform failure: DBus error: Did not receive a reply. Possible causes include: the remote application did not send a reply, the message bus security policy blocked the reply',
    'unreachable',
  ],
  ['Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled', 'unreachable'],
  // From the sources.
  ['Couldn’t access platform storage: AccessDenied', 'denied'],
  ['Platform failure: The user name or passphrase you entered is not correct. (-25293)', 'denied'],
  ['Entry is matched by 2 credentials: [..]', 'ambiguous'],
  ['Cannot find module ‘@napi-rs/keyring’', 'unreachable'],
  ['', 'unreachable'],
])('“%s” is %s.', (words, state) => {
  expect(troubleOfError(new Error(words))).toBe(state);
});

test('What is no error is unreachable.', () => {
  expect(troubleOfError('locked')).toBe('unreachable');
});
