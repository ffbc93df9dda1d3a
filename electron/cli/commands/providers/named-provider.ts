import { HARMLESS_FLAWS, type ProvidersFlaw } from '../../../../shared/core/sign-in/providers-file.ts';
import type { OidcProvider } from '../../../../shared/core/sign-in/oidc-provider.ts';
import { FLAW_SENTENCES, flawPlace } from '../../../../shared/presentation/sign-in/provider-flaw-words.ts';
import { shortPath } from '../../../../shared/presentation/short-path.ts';
import { readProviders } from '../../../../shared/usecases/sign-in/read-providers.ts';
import type { SignInPorts } from '../../../../shared/usecases/sign-in/sign-in-ports.ts';
import { nearWord, typedWord } from '../../near-word.ts';
import { UsageError } from '../../usage-error.ts';

/** The provider of that name; throws `UsageError` that says why there is none. */
export function namedProvider(
  ports: Pick<SignInPorts, 'notes' | 'files' | 'environment'>,
  name: string,
  command: string,
): OidcProvider {
  const { providers, files } = readProviders(ports);
  const found = providers.find((provider) => provider.name === name);
  if (found !== undefined) return found;
  // A flaw that names nobody may be the very one.
  for (const { flaws, path } of files) {
    const flaw = flaws.find((one) => one.name === name || isOfFile(one));
    if (flaw === undefined || (flaw.name === null && providers.length > 0)) continue;
    const where = [path === null ? '' : shortPath(path, ports.environment), flawPlace(flaw)].filter(
      (part) => part !== '',
    );
    throw new UsageError(`${where.join(', ')}: ${FLAW_SENTENCES[flaw.code]}`, command);
  }
  const near = nearWord(
    name,
    providers.map((provider) => provider.name),
  );
  const typed = typedWord(name);
  throw new UsageError(
    providers.length === 0
      ? 'No provider is configured. “credence providers” says what one is, and how to add one.'
      : `There is no provider ${typed ?? 'of that name'}.${near === null ? ' “credence providers” lists them.' : ` Did you mean “${near}”?`}`,
    command,
  );
}

/** As that the list is missing, or that a newer Credence wrote it. */
const isOfFile = ({ name, where, code }: ProvidersFlaw): boolean =>
  name === null && !where.startsWith('providers[') && !HARMLESS_FLAWS.has(code);
