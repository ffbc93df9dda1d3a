import type { DoctorCheck, DoctorCheckName } from '../usecases/doctor.ts';
import type { LabelPlace } from './origin-label.ts';
import { printable } from './printable.ts';
import { shortPath } from './short-path.ts';
import { claudeTroubleWords, inOne } from './sign-in/claude-words.ts';

type Say = (detail: string, failed: boolean) => string;

/** One sentence per check; a mapped type, so forgetting one does not compile. */
const SENTENCES: { readonly [Name in DoctorCheckName]: Say } = {
  'claude-code-found': (path) =>
    path === '' ? 'Claude Code was not found on the search path.' : `Claude Code is at ${path}.`,
  'claude-code-safe': (path, failed) =>
    failed
      ? `Others on this machine may replace ${path}. Install it again in a folder of your own.`
      : 'Only its owner may replace it.',
  // Told with the reasons, below.
  'claude-for-login': (path) => `A login starts ${path}.`,
  'version-covered': (detail, failed) =>
    failed
      ? `The rules were not recorded for this version: ${detail}.`
      : `The rules cover the version: ${detail}.`,
  'home-found': (path, failed) =>
    failed ? 'There is no home folder, so files of the user cannot be found.' : `The home folder is ${path}.`,
  'claude-json-readable': (detail, failed) =>
    failed ? `.claude.json could not be read (${detail}).` : `${detail} is readable or not there.`,
  'settings-files-used': (detail, failed) =>
    failed
      ? `A settings file is not used at all: ${detail}. See “credence status”.`
      : `Every settings file counts (${detail}).`,
  'login-store-readable': (detail, failed) =>
    failed
      ? `The store of the Claude login could not be read (${detail}).`
      : 'The store of the Claude login is readable or not there.',
  'login-lasts': (detail, failed) =>
    failed
      ? `The Claude login is ${detail === 'ending-soon' ? 'about to end' : 'over'}. Log in again.`
      : loginNote(detail),
  'key-kept': (_detail, failed) =>
    failed
      ? 'Credence could not keep its key, so fingerprints change with every run.'
      : 'Fingerprints can be compared between runs.',
  'keys-encrypted': (names) =>
    names === ''
      ? 'No key is kept by Credence in clear.'
      : `Kept in a file that is NOT ENCRYPTED, because there is no keychain: ${names}.`,
  'shell-answered': (detail, failed) =>
    detail === 'not-asked'
      ? 'The login shell was not asked; --ask-shell does.'
      : failed
        ? `The login shell gave no answer (${detail.replace('-', ' ')}).`
        : 'The login shell answered.',
  'clock-sane': (path, failed) =>
    failed
      ? `${path} was written in the future, so a clock is wrong and every date is doubtful.`
      : 'No file was written in the future.',
  'providers-usable': (detail, failed) => {
    if (/^\d+$/.test(detail)) return `Every provider in providers.json can be used (${detail}).`;
    const says = failed
      ? 'Something in providers.json keeps it from being used'
      : 'Something in providers.json is passed over';
    return `${says} (${detail}). “credence providers” says what to do.`;
  },
  'browser-comes-back': (detail) => {
    switch (detail) {
      case '':
        return 'A browser on this machine can come back to Credence after a sign-in.';
      case 'no-socket':
        return 'No browser could come back after a sign-in: this system gives Credence no local port. “credence login --provider NAME --device” needs none, where the provider offers it.';
      default:
        return 'No browser could come back after a sign-in: what is sent to 127.0.0.1 does not arrive. Look for a VPN or a firewall that filters it, or use “credence login --provider NAME --device”.';
    }
  },
  decided: (detail, failed) =>
    failed ? `The answer cannot be told (${detail}).` : 'The answer can be told.',
  'no-critical-conflict': (detail, failed) => {
    if (failed) return `Something needs attention: ${words(detail)}. See “credence status”.`;
    return detail === ''
      ? 'There is nothing to decide.'
      : `There is something to decide: ${words(detail)}. See “credence status”.`;
  },
};

/** Codes as words: they are made of them. */
const words = (codes: string): string => codes.replaceAll('-', ' ');

function loginNote(detail: string): string {
  if (detail === 'no login') return 'There is no Claude login.';
  if (detail === 'not readable') return 'Whether there is a Claude login cannot be told.';
  return detail === 'unknown'
    ? 'The store does not say when the login ends.'
    : 'The Claude login is far from its end.';
}

/** What a check found, and what to do if it failed. Paths of the home are shortened. */
export function checkSentence(
  { name, result, detail, passedOver = [] }: DoctorCheck,
  place: LabelPlace,
): string {
  const text = detail ?? '';
  const told = passedOver.map(({ why, path }) => claudeTroubleWords(why, shortPath(path, place, 200)));
  const [first] = told;
  if (result !== 'pass' && first !== undefined)
    return [
      'A login through Claude Code cannot start.',
      inOne(first),
      ...told.slice(1).map(({ happened }) => happened),
    ].join(' ');
  const shown = /^[/\\]|^[A-Za-z]:\\/.test(text) ? shortPath(text, place, 60) : printable(text, 300);
  if (first !== undefined)
    return [
      SENTENCES[name](shown, false),
      'Passed over before it:',
      ...told.map(({ happened }) => happened),
    ].join(' ');
  return SENTENCES[name](shown, result === 'fail');
}
