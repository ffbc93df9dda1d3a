import { LOGIN_WAYS } from '../../../shared/core/sign-in/claude-login.ts';
import type { Command } from '../command.ts';
import { refuseStrays } from '../goes-with.ts';

/** Not a login of Claude Code itself, but a token that it makes for other places. */
export const SETUP_TOKEN = 'setup-token';

const GOES_WITH = {
  device: ['--provider'],
  'no-browser': ['--provider'],
  print: [SETUP_TOKEN],
  'made-on': [SETUP_TOKEN],
  email: LOGIN_WAYS,
  claude: [...LOGIN_WAYS, SETUP_TOKEN],
};

export const login: Command = {
  name: 'login',
  summary: 'log in through Claude Code, or sign in to your organisation',
  usage: [
    `credence login ${LOGIN_WAYS.join('|')} [--email EMAIL]`,
    `credence login ${SETUP_TOKEN} [--print | --made-on DAY]`,
    'credence login --provider NAME [--device | --no-browser]',
  ],
  words: {
    heading: 'Ways to log in',
    rows: [
      ['claude', 'a Claude subscription: Pro, Max, Team or Enterprise'],
      ['console', 'the Claude Console, where you pay per use'],
      ['sso', 'a Claude account, by the single sign-on of your organisation'],
      [SETUP_TOKEN, 'a token for scripts and places without a browser; it lasts a year'],
      ['--provider', 'your organisation’s own gateway, for which Credence signs you in'],
    ],
  },
  options: [
    { name: 'email', value: 'EMAIL', help: 'fill in this address on the page' },
    { name: 'yes', help: 'do not ask first' },
    {
      name: 'claude',
      value: 'PATH',
      help: 'use this Claude Code, now and from now on; "" goes back to the one that is found',
    },
    { name: 'print', help: `only say what to type (${SETUP_TOKEN})` },
    { name: 'made-on', value: 'DAY', help: `the day a setup token was made, as 2026-11-20 (${SETUP_TOKEN})` },
    {
      name: 'provider',
      value: 'NAME',
      help: 'sign in to this organisation; “credence providers” lists them',
    },
    { name: 'device', help: 'show a code to type on another machine (with --provider)' },
    { name: 'no-browser', help: 'print the address instead of opening it (with --provider)' },
  ],
  operands: [...LOGIN_WAYS, SETUP_TOKEN],
  exitCodes: [
    ['0', 'logged in or signed in; of setup-token: shown, or run, or the day is kept'],
    ['1', 'it did not go well, or was cancelled; of setup-token: Claude Code ended with an error'],
    ['2', 'wrong use'],
    ['3', 'the store or keychain could not be read'],
    ['4', 'nothing was started, or the day could not be kept'],
  ],
  examples: [
    'credence login claude',
    'credence login sso --email person@example.com',
    `credence login ${SETUP_TOKEN} --made-on 2026-11-20`,
    'credence login --provider northwind',
  ],
  run: async (input) => {
    const { operands } = input.arguments;
    const isOrganisation = input.arguments.value('provider') !== null;
    refuseStrays(input.arguments, isOrganisation ? '--provider' : (operands[0] ?? null), GOES_WITH, 'login');
    if (isOrganisation) return (await import('./login/organisation.ts')).loginToOrganisation(input);
    if (operands[0] === SETUP_TOKEN) return (await import('./login/setup-token.ts')).setupToken(input);
    return (await import('./login/claude.ts')).loginToClaude(input);
  },
};
