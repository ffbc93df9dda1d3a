import type { Goal } from '../../../core/remedies/plan.ts';
import type { OidcProvider } from '../../../core/sign-in/oidc-provider.ts';
import { HELPER_SETTING } from '../../../core/sources/api-key-helper.ts';
import { BASE_URL } from '../../../core/sources/steering.ts';
import { helperCommand } from './helper-command.ts';
import { setMembers, userSettings, type Making } from './making.ts';

type UseProvider = Extract<Goal, { readonly kind: 'use-provider' }>;

/** The wish that Claude Code takes the token of a provider, and sends it where the provider’s entry says. */
export function useProviderWish(
  { name, baseUrl, header }: Pick<OidcProvider, 'name' | 'baseUrl' | 'header'>,
  scope: UseProvider['scope'],
): UseProvider {
  const names = [HELPER_SETTING, ...(baseUrl === null ? [] : [BASE_URL])];
  return { kind: 'use-provider', provider: name, scope, baseUrl, header, names };
}

/** The settings of one scope name Credence as the helper, and the gateway beside it. */
export async function useProvider(
  making: Making,
  { provider, scope, baseUrl, names }: UseProvider,
): Promise<void> {
  const { places, left, ports, request } = making;
  const place = scope === 'user' ? userSettings(making) : places.findLast((one) => one.scope === scope);
  if (place === undefined) {
    left.push(
      ...names.map((name) => ({
        path: null,
        place: 'settings' as const,
        name,
        line: null,
        why: 'no-folder' as const,
      })),
    );
    return;
  }
  const words = [...request.ownCommand, 'token', '--provider', provider];
  const apiKeyHelper = helperCommand(words, ports.environment.platform);
  const env = baseUrl === null ? {} : { env: { [BASE_URL]: baseUrl } };
  await setMembers(making, place, { apiKeyHelper, ...env }, 'helper-set');
}
