import type { RemedyName } from '../conflict.ts';
import type { Origin } from '../origin.ts';
import type { Reading } from '../reading.ts';

export const LEAVE: RemedyName = { id: 'leave-as-is' };

/** The remedies that take a credential away where it is set: best first. */
export function clearingRemedies(reading: Reading): readonly RemedyName[] {
  const { origin } = reading;
  const target = origin.name ?? reading.source;
  switch (origin.kind) {
    case 'process': {
      const likely = reading.likelyFrom?.[0];
      const place: Origin =
        likely === undefined
          ? origin
          : { kind: 'login-shell', path: likely.path, line: likely.line, name: target };
      return [
        { id: 'clear-credential', target, origin: place },
        { id: 'cancel-in-settings', target },
        { id: 'move-to-keychain', target, origin: place },
      ];
    }
    case 'settings':
      return origin.scope === 'managed'
        ? [{ id: 'ask-administrator', target, origin }]
        : [
            { id: 'clear-credential', target, origin },
            ...(reading.source === 'api-key-helper'
              ? []
              : [{ id: 'move-to-keychain' as const, target, origin }]),
          ];
    case 'credentials-file':
    case 'keychain':
      return [{ id: 'log-out', target, origin }];
    case 'claude-json':
      return reading.source === 'console-key'
        ? [
            { id: 'log-in-with-subscription', target, origin },
            { id: 'log-out', target, origin },
          ]
        : [{ id: 'clear-credential', target, origin }];
    case 'login-shell':
      return [
        { id: 'clear-credential', target, origin },
        { id: 'cancel-in-settings', target },
        { id: 'move-to-keychain', target, origin },
      ];
    case 'profile-file':
    case 'cloud-file':
    case 'file-descriptor':
    case 'launchd':
    case 'systemd':
    case 'etc-environment':
    case 'registry':
    case 'vscode':
    case 'dotenv':
    case 'direnv':
    case 'mise':
      return [{ id: 'clear-credential', target, origin }];
  }
}
