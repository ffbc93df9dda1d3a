import { noteOfProvider } from '../../core/sign-in/note-of-provider.ts';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import type { OrganisationNote } from '../../core/sign-in/organisation-sign-in.ts';
import type { Environment } from '../../ports/environment.ts';
import type { OidcFailure } from '../../core/sign-in/oidc-failure.ts';
import type { OidcServer } from '../../ports/oidc.ts';
import type { ProvidersBook, ProvidersFile } from '../../usecases/sign-in/read-providers.ts';
import { isDate, momentPhrase, type Calendar } from '../days.ts';
import { printable } from '../printable.ts';
import { shortPath } from '../short-path.ts';
import { tint, wrap, type TextStyle } from '../text-layout.ts';
import { oidcFailureWords } from './oidc-failure-words.ts';
import { FLAW_SENTENCES, flawPlace } from './provider-flaw-words.ts';

type Home = Pick<Environment, 'home' | 'platform'>;

/** `credence providers`: who can be signed in to, who is, and what is wrong with the files. */
export function providersText(
  { providers, files }: ProvidersBook,
  known: readonly OrganisationNote[],
  calendar: Calendar,
  home: Home,
  style: TextStyle,
): string {
  const lines = providers.flatMap((provider) => providerLines(provider, known, calendar, style));
  const flaws = files.flatMap((file) => flawLines(file, home, style));
  // Whoever has written a file knows what a provider is, and looks for what is wrong with it.
  const isWritten = files.some((file) => file.flaws.length > 0);
  const none = isWritten
    ? wrap('No provider can be used, because of this:', style.columns)
    : introduction(files, home, style);
  return [...(providers.length === 0 ? none : lines.slice(1)), ...flaws, ''].join('\n');
}

function providerLines(
  provider: OidcProvider,
  known: readonly OrganisationNote[],
  calendar: Calendar,
  style: TextStyle,
): readonly string[] {
  const { name, issuer, from, baseUrl, deviceFlow } = provider;
  const note = noteOfProvider(provider, known) ?? undefined;
  const whose = from === 'managed' ? 'from your administrator' : 'from your own file';
  return [
    '',
    `${note?.state === 'signed-in' ? '●' : note === undefined ? '○' : '▲'} ${tint(name, 'strong', style)}  ${tint(whose, 'quiet', style)}`,
    `  ${printable(issuer, 200)}`,
    ...(baseUrl === null ? [] : [`  for ${printable(baseUrl, 200)}`]),
    ...(deviceFlow ? ['  also by a code on another machine (--device)'] : []),
    ...wrap(signInSentence(name, note, calendar), style.columns, '  '),
  ];
}

/** Whether somebody is signed in, and until when. */
export function signInSentence(name: string, note: OrganisationNote | undefined, calendar: Calendar): string {
  if (note === undefined) return `Not signed in. “credence login --provider ${name}” does it.`;
  const as = note.account === null ? '' : ` as ${printable(note.account, 80)}`;
  if (note.state === 'needs-sign-in')
    return `The sign-in${as} has ended. “credence login --provider ${name}” renews it.`;
  if (note.state === 'entry-changed')
    return `The entry has changed since you signed in${as}, so that token is not used. “credence login --provider ${name}” signs in anew.`;
  const missing =
    note.missingScopes.length === 0
      ? ''
      : ` The provider did not grant ${note.missingScopes.map((scope) => printable(scope, 40)).join(', ')}.`;
  if (note.renews) return `Signed in${as}. The token renews itself.${missing}`;
  if (!isDate(note.accessEndsAt)) return `Signed in${as}. When the token ends is not known.${missing}`;
  const ended = note.accessEndsAt <= calendar.now;
  const moment = momentPhrase(note.accessEndsAt, calendar, false);
  return `Signed in${as}. The token ${ended ? 'ended' : 'ends'} ${moment}, and there is none to renew it with.${missing}`;
}

function flawLines({ flaws, path }: ProvidersFile, home: Home, style: TextStyle): readonly string[] {
  if (flaws.length === 0) return [];
  return [
    '',
    tint(path === null ? 'Your file' : shortPath(path, home), 'strong', style),
    ...flaws.flatMap((flaw) => {
      const place = flawPlace(flaw);
      return [
        ...(place === '' ? [] : [`  ${tint('▲', 'attention', style)} ${place}`]),
        ...wrap(FLAW_SENTENCES[flaw.code], style.columns, '    '),
      ];
    }),
  ];
}

/** What a provider is, for whoever has none. */
function introduction(files: readonly ProvidersFile[], home: Home, style: TextStyle): readonly string[] {
  const places = files.flatMap(({ path, from }) =>
    path === null
      ? []
      : [
          `  ${shortPath(path, home)}  ${tint(from === 'user' ? 'yours' : 'your administrator’s', 'quiet', style)}`,
        ],
  );
  return [
    ...wrap(
      'No provider is configured. A provider is the server at which your organisation signs people in (OpenID Connect), for a gateway that Claude Code is to use. A Claude account needs none: “credence login claude”.',
      style.columns,
    ),
    '',
    ...wrap('Ask your administrator for issuer and client id. They stand in one of', style.columns),
    ...places,
    '',
    'and look like this:',
    '',
    ...EXAMPLE.map((line) => `  ${line}`),
    '',
    ...wrap('Or, which writes the same:', style.columns),
    '',
    '  credence providers --add northwind --issuer https://login.northwind.example \\',
    '    --client-id credence --scopes "openid offline_access" \\',
    '    --base-url https://gateway.northwind.example',
  ];
}

const EXAMPLE = [
  '{',
  '  "schemaVersion": 1,',
  '  "providers": [',
  '    {',
  '      "name": "northwind",',
  '      "issuer": "https://login.northwind.example",',
  '      "clientId": "credence",',
  '      "scopes": ["openid", "offline_access"],',
  '      "baseUrl": "https://gateway.northwind.example",',
  '      "header": "authorization"',
  '    }',
  '  ]',
  '}',
];

/** One finding of a check. */
export interface CheckLine {
  readonly mark: '✓' | '▲' | '✗';
  readonly text: string;
}

/** What the provider offers, against what is configured. */
export function checkLines(provider: OidcProvider, server: OidcServer): readonly CheckLine[] {
  const good = (text: string): CheckLine => ({ mark: '✓', text });
  const note = (text: string): CheckLine => ({ mark: '▲', text });
  return [
    good(`It answers, and is the issuer that is configured. You sign in at ${printable(server.host, 100)}.`),
    server.offersS256 === false
      ? { mark: '✗', text: 'It takes no PKCE with S256, and Credence signs in with nothing less.' }
      : server.offersS256 === null
        ? note('It does not say whether it takes PKCE with S256. Credence uses it anyway.')
        : good('It takes PKCE with S256.'),
    server.tellsIssuer
      ? good('Its answers name it, so none of another provider passes for one of it.')
      : note('Its answers do not name it (RFC 9207).'),
    server.offersRevocation
      ? good('Signing out revokes the token.')
      : note('Tokens cannot be revoked: after a sign-out a copy would be good until it ends.'),
    server.offersDevice
      ? good(
          provider.deviceFlow
            ? 'It offers codes for another machine.'
            : 'It offers codes for another machine: with "deviceFlow": true they are used over SSH and in containers.',
        )
      : provider.deviceFlow
        ? { mark: '✗', text: '"deviceFlow" is true, but it offers no codes for another machine.' }
        : note('It offers no codes for another machine.'),
  ];
}

/** `credence providers --check NAME`. */
export function checkText(
  provider: OidcProvider,
  answer:
    { readonly ok: true; readonly value: OidcServer } | { readonly ok: false; readonly failure: OidcFailure },
  style: TextStyle,
): string {
  const head = [`${tint(provider.name, 'strong', style)}  ${printable(provider.issuer, 200)}`];
  if (answer.ok) {
    const lines = checkLines(provider, answer.value).flatMap(({ mark, text }) =>
      wrap(text, style.columns, `${mark} `, '  '),
    );
    return [...head, ...lines, ''].join('\n');
  }
  const words = oidcFailureWords(answer.failure, provider.name, 'Nobody can sign in like that.');
  return [
    ...head,
    ...wrap(`${words.happened} ${words.means}`, style.columns, '✗ ', '  '),
    ...wrap(words.do, style.columns, '  '),
    '',
  ].join('\n');
}
