import type { Ports } from '../../ports/ports.ts';
import type { SignInHealth } from '../doctor.ts';
import { parseClaudeNote } from './claude-note.ts';
import { rightClaude } from './claude-program.ts';
import { loopbackWorks } from './loopback-works.ts';
import { readProviders } from './read-providers.ts';
import type { SignInPorts } from './sign-in-ports.ts';

/**
 * What signing in would find. A socket is opened only where a provider is configured: nobody else needs a browser to come back.
 *
 * @param loopback asked for only then
 */
export async function signInHealth(
  ports: Pick<SignInPorts, 'notes' | 'files' | 'environment'> & Pick<Ports, 'web'>,
  loopback: () => Promise<SignInPorts['loopback']>,
): Promise<SignInHealth> {
  const book = readProviders(ports);
  return {
    claude: rightClaude(ports, parseClaudeNote(ports.notes.read('claude')).program),
    book,
    loopback:
      book.providers.length === 0
        ? null
        : await loopbackWorks({ web: ports.web, loopback: await loopback() }),
  };
}
