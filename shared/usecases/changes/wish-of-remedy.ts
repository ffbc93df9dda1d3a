import type { RemedyName } from '../../core/conflict.ts';
import { SOURCES } from '../../core/sources/index.ts';
import { namesOfTarget } from './names-of-goal.ts';
import type { Wish } from './plan-request.ts';

/** What a remedy asks for, where Credence can do it; `null`: a person has to. */
export function wishOfRemedy({ id, target, origin }: RemedyName): Wish | null {
  const names = target === undefined ? [] : namesOf(target);
  switch (id) {
    case 'clear-credential':
    case 'unset-base-url':
    case 'switch-provider-off':
      return names.length === 0 || origin?.scope === 'managed' ? null : { kind: 'clear', names };
    case 'cancel-in-settings':
      return names.length === 0 ? null : { kind: 'cancel', names };
    case 'move-to-keychain':
      return names.length === 0
        ? null
        : { kind: 'to-keychain', names, by: isApiKey(names) ? 'helper' : 'command' };
    case 'forget-approval':
      return { kind: 'forget-answer', names: names.length === 0 ? API_KEYS : names };
    case 'narrow-file-mode':
      return origin?.path === undefined ? null : { kind: 'narrow-mode', path: origin.path };
    case 'log-in':
    case 'log-out':
    case 'log-in-with-subscription':
    case 'answer-approval':
    case 'sign-in-to-provider':
    case 'repair-settings-file':
    case 'untrack-file':
    case 'run-helper':
    case 'repair-helper':
    case 'leave-project-settings-out':
    case 'ask-administrator':
    case 'update-claude-code':
    case 'update-credence':
    case 'leave-as-is':
      return null;
  }
}

const API_KEYS: readonly string[] = SOURCES['api-key'].variables.map(({ name }) => name);
const isApiKey = (names: readonly string[]): boolean => names.every((name) => API_KEYS.includes(name));

function namesOf(target: string): readonly string[] {
  const named = namesOfTarget(target.replace(/^env\./, ''));
  return named.ok ? named.names : [];
}
