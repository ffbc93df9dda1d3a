import {
  editProviders,
  type ProviderSettings,
  type ProvidersEdit,
  type ProvidersEdited,
} from '../../../../shared/core/sign-in/edit-providers.ts';
import { PROVIDER_NAME } from '../../../../shared/core/sign-in/provider-fields.ts';
import { providersChangedJson } from '../../../../shared/presentation/sign-in/organisation-json.ts';
import {
  FLAW_SENTENCES,
  flawPlace,
  userFile,
} from '../../../../shared/presentation/sign-in/provider-flaw-words.ts';
import { shortPath } from '../../../../shared/presentation/short-path.ts';
import { organisationTokens } from '../../../../shared/usecases/sign-in/kept-organisation-tokens.ts';
import { readProviders } from '../../../../shared/usecases/sign-in/read-providers.ts';
import type { SignInPorts } from '../../../../shared/usecases/sign-in/sign-in-ports.ts';
import type { CommandInput, ParsedArguments } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { reportError } from '../../report-error.ts';
import { UsageError } from '../../usage-error.ts';

/** Two of these at a time would each lose what the other wrote. Milliseconds. */
const PATIENCE = 5_000;

/** `credence providers --add`, `--remove`: changes one provider in the user’s own file. */
export async function editProvidersFile(
  input: CommandInput,
  kind: 'add' | 'remove',
  name: string,
): Promise<ExitCode> {
  const { arguments: given, terminal } = input;
  const json = given.flag('json');
  const edit: ProvidersEdit =
    kind === 'add' ? { kind, provider: typedProvider(given, name) } : { kind, name };
  const ports = await input.signInPorts();
  const path = userFile(readProviders(ports).files);
  const isSignedIn = organisationTokens(ports)
    .known()
    .some(({ provider }) => provider === name);
  if (kind === 'remove' && isSignedIn) {
    const message = `You are signed in to ${name}, and its token would stay in your keychain. Nothing was changed.`;
    await reportError(terminal, json, 'refused', message, `Run “credence logout --provider ${name}” first.`);
    return EXIT.refused;
  }
  const write = (): Promise<string | null> => Promise.resolve(writeEdit(ports, path, edit));
  const locked = await ports.locks.alone('providers', PATIENCE, write);
  const refusal = locked === 'unavailable' ? await write() : locked;
  if (refusal !== null) {
    const message = refusal === 'busy' ? 'Another process changes the file just now.' : refusal;
    await reportError(terminal, json, 'refused', `${message} Nothing was changed.`);
    return EXIT.refused;
  }
  const file = path === null ? 'your providers.json' : shortPath(path, ports.environment);
  if (json) printJson(terminal, providersChangedJson(kind === 'add' ? 'added' : 'removed', name, path));
  else
    terminal.out(
      kind === 'add'
        ? `${name} is in ${file} now.\n\n  credence providers --check ${name}\n  credence login --provider ${name}\n`
        : `${name} is not in ${file} any more.\n`,
    );
  return EXIT.answered;
}

/** A sentence about why not; `null`: it is done. */
function writeEdit(
  { notes, files }: Pick<SignInPorts, 'notes' | 'files'>,
  path: string | null,
  edit: ProvidersEdit,
): string | null {
  const text = notes.read('providers');
  // Absent and not readable are one answer there, and what cannot be read is not to be replaced.
  if (text === null && path !== null && files.inspect(path) !== null)
    return 'Your providers.json is there, and cannot be read.';
  const edited = editProviders(text, edit);
  if (!edited.ok) return refusalSentence(edited, edit);
  return notes.write('providers', edited.text) ? null : 'Your providers.json could not be written.';
}

function refusalSentence(
  refusal: Exclude<ProvidersEdited, { readonly ok: true }>,
  edit: ProvidersEdit,
): string {
  const name = edit.kind === 'add' ? edit.provider.name : edit.name;
  switch (refusal.why) {
    case 'file':
      return `providers.json ${flawPlace(refusal.flaw)}: ${FLAW_SENTENCES[refusal.flaw.code]}`;
    case 'field':
      return `${refusal.field}: ${FLAW_SENTENCES[refusal.code]}`;
    case 'exists':
      return `There is a provider ${name} in your file already. Remove it first, or edit the file.`;
    case 'not-there':
      return `Your own file has no provider “${name}”.`;
    case 'several':
      return `Your file has ${name} more than once. Edit it yourself.`;
  }
}

/** What was typed; throws `UsageError` where something has to be there. */
function typedProvider(given: ParsedArguments, name: string): ProviderSettings {
  const [issuer, clientId] = [given.value('issuer'), given.value('client-id')];
  if (!PROVIDER_NAME.test(name)) throw new UsageError(`--add: ${FLAW_SENTENCES['bad-name']}`, 'providers');
  if (issuer === null || clientId === null)
    throw new UsageError('--add takes --issuer URL and --client-id ID as well.', 'providers');
  return {
    name,
    issuer,
    clientId,
    scopes: (given.value('scopes') ?? '').split(/[ ,]+/).filter((scope) => scope !== ''),
    resource: given.value('resource'),
    redirectPath: given.value('redirect-path') ?? '/callback',
    deviceFlow: given.flag('device-flow'),
    baseUrl: given.value('base-url'),
    header: headerTyped(given.value('header')),
  };
}

function headerTyped(text: string | null): ProviderSettings['header'] {
  return text === 'authorization' || text === 'x-api-key' ? text : 'both';
}
