import type { LoginWay } from './claude-login.ts';

const OPTIONS: Readonly<Record<LoginWay, string>> = {
  claude: '--claudeai',
  console: '--console',
  sso: '--sso',
};

/** Longest address by RFC 5321: characters. */
const LONGEST_ADDRESS = 254;
/** Plain addresses alone: what else RFC 5322 allows is quoted, and no account needs it. Never begins with a dash. */
const ADDRESS = /^[A-Za-z0-9][A-Za-z0-9._%+'-]*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

/** Whether a text may be handed to the program as an e-mail address. */
export function isLoginAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS && ADDRESS.test(text);
}

/** The words behind `claude` (documented; 2.1.79 for the Console); `null` when the address is none. */
export function loginArguments(way: LoginWay, email: string | null): readonly string[] | null {
  if (email !== null && !isLoginAddress(email)) return null;
  return ['auth', 'login', OPTIONS[way], ...(email === null ? [] : ['--email', email])];
}
