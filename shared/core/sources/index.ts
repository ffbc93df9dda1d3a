import { SOURCE_IDS, type SourceId } from '../source-id.ts';
import { apiKeyHelper } from './api-key-helper.ts';
import { apiKey } from './api-key.ts';
import { authToken } from './auth-token.ts';
import { baseUrlLogin } from './base-url-login.ts';
import { claudeLogin } from './claude-login.ts';
import { cloudProvider } from './cloud-provider.ts';
import { consoleKey } from './console-key.ts';
import { customHeaders } from './custom-headers.ts';
import { federation } from './federation.ts';
import { gatewaySession } from './gateway-session.ts';
import { oauthToken } from './oauth-token.ts';
import { profile } from './profile.ts';
import type { SourceDefinition, VariableDefinition } from './source-definition.ts';
import { STEERING_VARIABLES } from './steering.ts';

/** The registry. A mapped type: forgetting a source does not compile. */
export const SOURCES: { readonly [Id in SourceId]: SourceDefinition & { readonly id: Id } } = {
  'gateway-session': gatewaySession,
  'cloud-provider': cloudProvider,
  'custom-headers': customHeaders,
  'auth-token': authToken,
  'api-key': apiKey,
  'api-key-helper': apiKeyHelper,
  'oauth-token': oauthToken,
  profile: profile,
  federation: federation,
  'claude-login': claudeLogin,
  'console-key': consoleKey,
  'base-url-login': baseUrlLogin,
};

export interface WatchedVariable extends VariableDefinition {
  /** `null` for the names that only steer. */
  readonly source: SourceId | null;
}

/** Every environment variable that can decide the answer, by name. */
export const WATCHED: ReadonlyMap<string, WatchedVariable> = new Map(
  [
    ...SOURCE_IDS.flatMap((id): WatchedVariable[] =>
      SOURCES[id].variables.map((variable) => ({ ...variable, source: id })),
    ),
    ...STEERING_VARIABLES.map((variable): WatchedVariable => ({ ...variable, source: null })),
  ].map((variable) => [variable.name, variable]),
);

/** Whether a variable can decide the answer. */
export function isWatched(name: string): boolean {
  return WATCHED.has(name);
}
