import { describe, expect, test } from 'vitest';
import {
  CUSTOM_AUTHORIZATION,
  CUSTOM_BOTH,
  CUSTOM_KEY,
  FEDERATION,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  said,
  TOKEN,
  worldOf,
  type Given,
} from '../../testing/given.ts';
import { worldPorts } from '../../testing/worlds.ts';
import { gatherFacts } from '../../usecases/gather/gather-facts.ts';
import { whatIf } from '../../usecases/what-if.ts';
import { decide } from './decide.ts';

type Row = readonly [title: string, given: Given, answer: string];

/** Print mode, the newest recorded version. `Authorization / x-api-key`. */
function agrees(rows: readonly Row[]): void {
  test.each(rows)('%s', async (_, given, answer) => {
    expect(said((await inspectGiven(given)).verdict)).toBe(answer);
  });
}

const helper = HELPER;
const login = true;
const consoleKey = true;

describe('What is sent when one thing is there', () => {
  agrees([
    ['nothing', {}, 'refuses not-logged-in'],
    ['an auth token', { shell: TOKEN }, 'auth-token / -'],
    ['an API key', { shell: KEY }, '- / api-key'],
    ['a helper', { helper }, 'api-key-helper / api-key-helper'],
    ['an OAuth token', { shell: OAUTH }, 'oauth-token / -'],
    ['a Claude login', { login }, 'claude-login / -'],
    ['a Console key', { consoleKey }, '- / console-key'],
    ['a named profile', { profile: 'named' }, 'profile / -'],
    ['an active profile of a person', { profile: 'active' }, 'profile / -'],
    ['an active profile with federation', { profile: 'federated' }, 'profile / -'],
    ['federation variables', { shell: FEDERATION }, 'federation / -'],
    ['a custom Authorization header', { shell: CUSTOM_AUTHORIZATION }, 'custom-headers / -'],
    ['a custom x-api-key header', { shell: CUSTOM_KEY }, '- / custom-headers'],
    ['both custom headers', { shell: CUSTOM_BOTH }, 'custom-headers / custom-headers'],
    [
      'a custom header of another kind',
      { shell: { ANTHROPIC_CUSTOM_HEADERS: 'x-team: a' } },
      'refuses not-logged-in',
    ],
  ]);
});

describe('What is sent when several things are there', () => {
  agrees([
    ['token + key', { shell: { ...TOKEN, ...KEY } }, 'auth-token / api-key'],
    ['token + helper', { shell: TOKEN, helper }, 'auth-token / api-key-helper'],
    ['key + helper', { shell: KEY, helper }, 'api-key-helper / api-key'],
    ['token + helper + Console key', { shell: TOKEN, helper, consoleKey }, 'auth-token / api-key-helper'],
    ['key + helper + Console key', { shell: KEY, helper, consoleKey }, 'api-key-helper / api-key'],
    ['token + key + helper', { shell: { ...TOKEN, ...KEY }, helper }, 'auth-token / api-key'],
    ['helper + login', { helper, login }, 'api-key-helper / api-key-helper'],
    ['helper + OAuth token', { helper, shell: OAUTH }, 'api-key-helper / api-key-helper'],
    ['key + login', { shell: KEY, login }, '- / api-key'],
    ['key + OAuth token', { shell: { ...KEY, ...OAUTH } }, '- / api-key'],
    ['key + Console key', { shell: KEY, consoleKey }, '- / api-key'],
    ['token + Console key', { shell: TOKEN, consoleKey }, 'auth-token / console-key'],
    ['token + Console key + login', { shell: TOKEN, consoleKey, login }, 'auth-token / console-key'],
    ['token + login', { shell: TOKEN, login }, 'auth-token / -'],
    ['token + OAuth token', { shell: { ...TOKEN, ...OAUTH } }, 'auth-token / -'],
    ['helper + Console key', { helper, consoleKey }, 'api-key-helper / api-key-helper'],
    ['login + Console key', { login, consoleKey }, 'claude-login / -'],
    ['OAuth token + login', { shell: OAUTH, login }, 'oauth-token / -'],
    ['OAuth token + Console key', { shell: OAUTH, consoleKey }, 'oauth-token / -'],
  ]);
});

describe('Profiles and federation', () => {
  agrees([
    ['named profile + login', { profile: 'named', login }, 'profile / -'],
    ['active federated profile + login', { profile: 'federated', login }, 'profile / -'],
    ['active profile of a person + login', { profile: 'active', login }, 'claude-login / -'],
    ['named profile + Console key', { profile: 'named', consoleKey }, '- / console-key'],
    ['named profile + Console key + login', { profile: 'named', consoleKey, login }, '- / console-key'],
    ['active profile of a person + Console key', { profile: 'active', consoleKey }, '- / console-key'],
    [
      'active profile of a person + Console key + login',
      { profile: 'active', consoleKey, login },
      'claude-login / -',
    ],
    ['named profile + OAuth token', { profile: 'named', shell: OAUTH }, 'oauth-token / -'],
    [
      'named profile + OAuth token + Console key',
      { profile: 'named', shell: OAUTH, consoleKey },
      'oauth-token / -',
    ],
    ['active profile + OAuth token', { profile: 'active', shell: OAUTH }, 'oauth-token / -'],
    ['named profile + key', { profile: 'named', shell: KEY }, '- / api-key'],
    ['active profile + key', { profile: 'active', shell: KEY }, '- / api-key'],
    ['named profile + token', { profile: 'named', shell: TOKEN }, 'auth-token / -'],
    ['named profile + helper', { profile: 'named', helper }, 'api-key-helper / api-key-helper'],
    ['a name that leads nowhere', { shell: { ANTHROPIC_PROFILE: 'gone' }, login }, 'claude-login / -'],
    [
      'a name that leads nowhere keeps the active one from being used',
      { shell: { ANTHROPIC_PROFILE: 'gone' }, profile: 'active' },
      'refuses not-logged-in',
    ],
    ['a profile that has ended', { profile: 'ended' }, 'refuses profile-expired'],
    [
      'a profile that ends within half a minute counts as ended',
      {
        profile: 'active',
        files: {
          '~/.config/anthropic/credentials/default.json': { access_token: 'a', expires_at: '$NOW_S+29' },
        },
      },
      'refuses profile-expired',
    ],
    [
      'one that ends after that does not',
      {
        profile: 'active',
        files: {
          '~/.config/anthropic/credentials/default.json': { access_token: 'a', expires_at: '$NOW_S+31' },
        },
      },
      'profile / -',
    ],
    ['a profile that has ended, below a login', { profile: 'ended', login }, 'claude-login / -'],
    ['a profile that has ended and can be renewed', { profile: 'renewable' }, 'profile / -'],
    ['federation + login', { shell: FEDERATION, login }, 'federation / -'],
    ['federation + Console key', { shell: FEDERATION, consoleKey }, '- / console-key'],
    ['federation + Console key + login', { shell: FEDERATION, consoleKey, login }, '- / console-key'],
    ['federation + OAuth token', { shell: { ...FEDERATION, ...OAUTH } }, 'oauth-token / -'],
    [
      'federation + OAuth token + Console key',
      { shell: { ...FEDERATION, ...OAUTH }, consoleKey },
      'oauth-token / -',
    ],
    ['federation + key', { shell: { ...FEDERATION, ...KEY } }, '- / api-key'],
    ['federation + active profile', { shell: FEDERATION, profile: 'active' }, 'federation / -'],
    [
      'federation + active profile with federation',
      { shell: FEDERATION, profile: 'federated' },
      'federation / -',
    ],
    ['federation + named profile', { shell: FEDERATION, profile: 'named' }, 'profile / -'],
    [
      'federation behind a name that leads nowhere',
      { shell: { ...FEDERATION, ANTHROPIC_PROFILE: 'gone' } },
      'refuses not-logged-in',
    ],
    [
      'federation without an organisation',
      { shell: { ...FEDERATION, ANTHROPIC_ORGANIZATION_ID: '' }, login },
      'claude-login / -',
    ],
    [
      'federation without an identity token fails, login or not',
      { shell: { ...FEDERATION, ANTHROPIC_IDENTITY_TOKEN: '' }, login },
      'refuses not-logged-in',
    ],
    [
      'federation with an identity token from the folder’s own settings fails as well',
      { shell: { ...FEDERATION, ANTHROPIC_IDENTITY_TOKEN: '' }, project: { ANTHROPIC_IDENTITY_TOKEN: 't' } },
      'refuses not-logged-in',
    ],
    [
      'federation with the token in a file',
      { shell: { ...FEDERATION, ANTHROPIC_IDENTITY_TOKEN: '', ANTHROPIC_IDENTITY_TOKEN_FILE: '/t' } },
      'federation / -',
    ],
  ]);
});

describe('Custom headers', () => {
  agrees([
    ['x-api-key + login', { shell: CUSTOM_KEY, login }, 'claude-login / custom-headers'],
    ['x-api-key + key', { shell: { ...CUSTOM_KEY, ...KEY } }, '- / custom-headers'],
    ['x-api-key + helper', { shell: CUSTOM_KEY, helper }, 'api-key-helper / custom-headers'],
    [
      'x-api-key + token + Console key',
      { shell: { ...CUSTOM_KEY, ...TOKEN }, consoleKey },
      'auth-token / custom-headers',
    ],
    ['x-api-key + Console key', { shell: CUSTOM_KEY, consoleKey }, '- / custom-headers'],
    ['Authorization + login', { shell: CUSTOM_AUTHORIZATION, login }, 'custom-headers / -'],
    ['Authorization + OAuth token', { shell: { ...CUSTOM_AUTHORIZATION, ...OAUTH } }, 'custom-headers / -'],
    ['Authorization + key', { shell: { ...CUSTOM_AUTHORIZATION, ...KEY } }, 'custom-headers / api-key'],
    [
      'Authorization + Console key',
      { shell: CUSTOM_AUTHORIZATION, consoleKey },
      'custom-headers / console-key',
    ],
    ['Authorization + token', { shell: { ...CUSTOM_AUTHORIZATION, ...TOKEN } }, 'auth-token / -'],
    ['Authorization + helper', { shell: CUSTOM_AUTHORIZATION, helper }, 'api-key-helper / api-key-helper'],
    ['Authorization + named profile', { shell: CUSTOM_AUTHORIZATION, profile: 'named' }, 'profile / -'],
    ['Authorization + active profile', { shell: CUSTOM_AUTHORIZATION, profile: 'active' }, 'profile / -'],
    ['Authorization + federation', { shell: { ...CUSTOM_AUTHORIZATION, ...FEDERATION } }, 'federation / -'],
  ]);
});

describe('A custom header without a value', () => {
  const headers = (text: string): Given['shell'] & object => ({ ANTHROPIC_CUSTOM_HEADERS: text });
  const empty = 'custom-headers (empty)';
  agrees([
    ['x-api-key alone is no login', { shell: headers('x-api-key:') }, 'refuses not-logged-in'],
    [
      'x-api-key takes the place of a key',
      { shell: { ...headers('x-api-key: '), ...KEY } },
      'refuses not-logged-in',
    ],
    ['x-api-key beside a login', { shell: headers('x-api-key:'), login }, `claude-login / ${empty}`],
    [
      'the last of duplicates counts',
      { shell: headers('x-api-key: a\nX-API-KEY:') },
      'refuses not-logged-in',
    ],
    ['a value after it counts', { shell: headers('x-api-key:\nx-api-key: a') }, '- / custom-headers'],
    [
      'Authorization takes the place of a login',
      { shell: headers('Authorization:'), login },
      'refuses not-logged-in',
    ],
    ['Authorization below a token', { shell: { ...headers('Authorization:'), ...TOKEN } }, 'auth-token / -'],
  ]);
});

describe('Custom headers of odd forms', () => {
  const headers = (text: string): Given['shell'] & object => ({ ANTHROPIC_CUSTOM_HEADERS: text });
  const respelled = headers('Authorization: A\nauthorization: B');
  agrees([
    ['the word Bearer alone', { shell: headers('Authorization: Bearer') }, 'custom-headers (empty) / -'],
    [
      'the word Bearer alone + key',
      { shell: { ...headers('Authorization:  Bearer  '), ...KEY } },
      'custom-headers (empty) / api-key',
    ],
    [
      'the word Bearer alone + named profile',
      { shell: headers('Authorization: Bearer'), profile: 'named' },
      'profile / -',
    ],
    ['two spellings + token', { shell: { ...respelled, ...TOKEN } }, 'custom-headers / -'],
    ['two spellings + helper', { shell: respelled, helper }, 'custom-headers / api-key-helper'],
    ['two spellings + named profile', { shell: respelled, profile: 'named' }, 'profile / -'],
    [
      'two spellings + token, with a gateway',
      {
        shell: {
          ...respelled,
          ...TOKEN,
          CLAUDE_CODE_USE_GATEWAY: '1',
          ANTHROPIC_BASE_URL: 'https://gateway.example',
        },
      },
      'auth-token / -',
    ],
    [
      'the usual spelling last + token',
      { shell: { ...headers('authorization: B\nAuthorization: A'), ...TOKEN } },
      'auth-token / -',
    ],
    [
      'the other spelling without a value + token',
      { shell: { ...headers('Authorization: A\nauthorization:'), ...TOKEN } },
      'refuses not-logged-in',
    ],
    ['a name that none can have + key', { shell: { ...headers('a b: v'), ...KEY } }, 'refuses config-broken'],
    [
      'a name that none can have, in a bare run',
      { mode: 'bare', shell: { ...headers(': v'), ...TOKEN } },
      'refuses config-broken',
    ],
    [
      'a name that none can have, in a settings file',
      { user: headers('a b: v'), login },
      'refuses config-broken',
    ],
    [
      'a name that none can have, with Bedrock',
      { shell: { ...headers('a b: v'), CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'b' } },
      'refuses config-broken',
    ],
    ['a value that none can have', { shell: { ...headers('x-y: ☃'), ...KEY } }, 'refuses config-broken'],
    [
      'such a value of Authorization',
      { shell: { ...headers('Authorization: ☃'), ...KEY } },
      'refuses config-broken',
    ],
    [
      'such a value of Authorization + token',
      { shell: { ...headers('Authorization: ☃'), ...TOKEN } },
      'auth-token / -',
    ],
    [
      'such a value of Authorization + helper',
      { shell: headers('Authorization: ☃'), helper },
      'api-key-helper / api-key-helper',
    ],
  ]);
});

describe('A base URL', () => {
  const at = (url: string): Given['shell'] & object => ({ ANTHROPIC_BASE_URL: url });
  const withLogin = at('https://u:pw@gateway.example');
  agrees([
    ['that is none, with a key', { shell: { ...at('nonsense'), ...KEY } }, 'refuses config-broken'],
    ['that is none, with a login', { project: at('//host'), login }, 'refuses config-broken'],
    ['that is none, with nothing', { shell: at('127.0.0.1:80') }, 'refuses config-broken'],
    [
      'that is none, with a gateway',
      { shell: { ...at('nonsense'), ...TOKEN, CLAUDE_CODE_USE_GATEWAY: '1' } },
      'refuses config-broken',
    ],
    [
      'that is none, below one that is',
      { shell: at('nonsense'), user: at('https://host'), login },
      'claude-login / -',
    ],
    ['that is none, and empty above', { shell: at('nonsense'), user: at(''), login }, 'claude-login / -'],
    [
      'that is none, where a cloud provider is asked',
      { shell: { ...at('nonsense'), CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'b' } },
      'cloud-provider / -',
    ],
    [
      'that is none, in a file that an embedding program keeps back',
      { shell: { ...KEY, CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1' }, user: at('nonsense') },
      '- / api-key',
    ],
    ['with a login, and nothing', { shell: withLogin }, 'refuses not-logged-in'],
    ['with a login + key', { shell: KEY, user: withLogin }, 'base-url-login / api-key'],
    ['with a login + Console key', { shell: withLogin, consoleKey }, 'base-url-login / console-key'],
    [
      'with a login + custom x-api-key',
      { shell: { ...withLogin, ...CUSTOM_KEY } },
      'base-url-login / custom-headers',
    ],
    [
      'with a login + custom Authorization',
      { shell: { ...withLogin, ...CUSTOM_AUTHORIZATION } },
      'custom-headers / -',
    ],
    ['with a login + Claude login', { shell: withLogin, login }, 'claude-login / -'],
    ['with a login + token', { shell: { ...withLogin, ...TOKEN } }, 'auth-token / -'],
    ['with a login + helper', { shell: withLogin, helper }, 'api-key-helper / api-key-helper'],
    ['with a login + OAuth token', { shell: { ...withLogin, ...OAUTH } }, 'oauth-token / -'],
    ['with a login + active profile', { shell: withLogin, profile: 'active' }, 'profile / -'],
  ]);

  test('keeps its login to itself: it is told by a fingerprint alone, and can be thought away.', async () => {
    const { ladder, facts, context } = await inspectGiven({ shell: { ...KEY, ...withLogin } });
    expect(ladder.at(-1)).toMatchObject({ source: 'base-url-login', state: 'also-sent' });
    expect(JSON.stringify(facts)).not.toMatch(/u:pw|dTpwdw/);
    const supposed = whatIf(facts, [{ kind: 'without', target: 'base-url-login', place: null }]);
    expect(supposed.ok && said(decide(supposed.facts, context))).toBe('- / api-key');
  });
});

describe('A helper', () => {
  agrees([
    ['that fails', { helper: 'echo x; exit 1' }, 'api-key-helper (empty) / api-key-helper (empty)'],
    ['that prints nothing', { helper: 'true' }, 'api-key-helper (empty) / api-key-helper (empty)'],
    [
      'that prints two lines',
      { helper: "printf 'a\\nb'" },
      'api-key-helper (empty) / api-key-helper (empty)',
    ],
    ['that prints two words', { helper: 'echo a b' }, 'api-key-helper (empty) / api-key-helper (empty)'],
    [
      'that prints another script',
      { helper: 'echo schlüssel' },
      'api-key-helper (empty) / api-key-helper (empty)',
    ],
    [
      'whose output has white space around it',
      { helper: "printf '\\t a \\r\\n'" },
      'api-key-helper / api-key-helper',
    ],
    [
      'that fails does not fall through',
      { helper: 'exit 1', login },
      'api-key-helper (empty) / api-key-helper (empty)',
    ],
    [
      'that fails leaves the key its header',
      { helper: 'exit 1', shell: KEY },
      'api-key-helper (empty) / api-key',
    ],
    [
      'that fails leaves the token its header',
      { helper: 'exit 1', shell: TOKEN },
      'auth-token / api-key-helper (empty)',
    ],
    ['that is white space', { helper: '  ', login }, 'api-key-helper (empty) / api-key-helper (empty)'],
    ['that is empty is none', { helper: '', login }, 'claude-login / -'],
  ]);
});

describe('Values', () => {
  agrees([
    ['an empty token', { shell: { ANTHROPIC_AUTH_TOKEN: '' }, login }, 'claude-login / -'],
    ['a token of white space', { shell: { ANTHROPIC_AUTH_TOKEN: ' \t' }, login }, 'claude-login / -'],
    ['a key of white space', { shell: { ANTHROPIC_API_KEY: '  ' }, login }, 'claude-login / -'],
    ['an OAuth token of white space', { shell: { CLAUDE_CODE_OAUTH_TOKEN: ' ' }, login }, 'claude-login / -'],
    ['a number', { user: { ANTHROPIC_API_KEY: 12 } }, '- / api-key'],
    ['null', { user: { ANTHROPIC_AUTH_TOKEN: null } }, 'auth-token / -'],
    ['an object', { user: { ANTHROPIC_AUTH_TOKEN: {} } }, 'auth-token / -'],
    ['an empty list', { user: { ANTHROPIC_AUTH_TOKEN: [] }, login }, 'claude-login / -'],
    ['a line end in a key', { shell: { ANTHROPIC_API_KEY: 'a\nb' }, login }, 'refuses config-broken'],
    [
      'a letter that no header carries',
      { shell: { ANTHROPIC_AUTH_TOKEN: 'v☃' }, login },
      'refuses config-broken',
    ],
    ['the upper half of Latin-1', { shell: { ANTHROPIC_AUTH_TOKEN: 'vé' } }, 'auth-token / -'],
    [
      'an odd character in a value that is not sent',
      { shell: { ...TOKEN, CLAUDE_CODE_OAUTH_TOKEN: 'a\nb' } },
      'auth-token / -',
    ],
  ]);
});

describe('A profile that cannot be used', () => {
  const folder = '~/.config/anthropic';
  const config = { authentication: { type: 'user_oauth' } };
  const files = (name: string, credential: unknown): Given['files'] & object => ({
    [`${folder}/configs/${name}.json`]: config,
    [`${folder}/credentials/${name}.json`]: credential,
  });
  const named = (credential: unknown, more: Given = {}): Given => ({
    shell: { ANTHROPIC_PROFILE: 'work', ...more.shell },
    ...more,
    files: { ...files('work', credential), ...more.files },
  });
  const used = { access_token: 'made-up' };
  agrees([
    ['without a token', named({ refresh_token: 'r' }), 'refuses profile-unusable'],
    ['without a token + login', named({ refresh_token: 'r' }, { login }), 'refuses profile-unusable'],
    ['without a token + Console key', named({}, { consoleKey }), '- / console-key'],
    ['a list + login', named('[]', { login }), 'refuses profile-unusable'],
    ['cut short + login', named('{"access_tok', { login }), 'refuses profile-unusable'],
    ['empty + login', named('', { login }), 'claude-login / -'],
    ['white space + login', named(' \n', { login }), 'claude-login / -'],
    ['a token of white space', named({ access_token: ' ' }), 'profile (empty) / -'],
    ['a token that is a number + login', named({ access_token: 5 }, { login }), 'profile / -'],
    ['a token that cannot be sent', named({ access_token: '☃' }), 'refuses profile-unusable'],
    ['the active one without a token', { files: files('default', {}) }, 'refuses profile-unusable'],
    ['the active one without a token + login', { files: files('default', {}), login }, 'claude-login / -'],
    [
      'a name that is not allowed + login',
      { shell: { ANTHROPIC_PROFILE: '..' }, files: files('..', used), login },
      'refuses profile-unusable',
    ],
    ['such a name without files + login', { shell: { ANTHROPIC_PROFILE: '..' }, login }, 'claude-login / -'],
    [
      'such a name + key',
      { shell: { ANTHROPIC_PROFILE: 'a b', ...KEY }, files: files('a b', used) },
      '- / api-key',
    ],
    [
      'a name that the folder cancels + login',
      named(used, { project: { ANTHROPIC_PROFILE: '' }, login }),
      'refuses profile-unusable',
    ],
    [
      'a name that the folder replaces by one that is not there',
      named(used, { local: { ANTHROPIC_PROFILE: 'gone' }, login }),
      'refuses profile-unusable',
    ],
    [
      'a name that user settings cancel',
      named(used, { user: { ANTHROPIC_PROFILE: '' }, login }),
      'claude-login / -',
    ],
    [
      'a name that only the folder gives + login',
      { project: { ANTHROPIC_PROFILE: 'work' }, files: files('work', used), login },
      'claude-login / -',
    ],
  ]);

  test.each([
    ['other', 'other'],
    ['', 'default'],
  ])('A folder that names %j in place of another has %j used.', async (name, taken) => {
    const more = { ...files('other', used), ...files('default', used) };
    const given = named(used, { project: { ANTHROPIC_PROFILE: name }, login, files: more });
    const { verdict, ladder } = await inspectGiven(given);
    expect(verdict.authorization?.reading.origin.name).toBe(taken);
    const states = ladder.find(({ source }) => source === 'profile')?.readings;
    expect(states?.filter(({ state }) => state === 'wins').map(({ reading }) => reading.origin.name)).toEqual(
      [taken],
    );
  });

  test.each([
    [0o600, 'profile / -'],
    [0o400, 'profile / -'],
    [0o610, 'profile / -'],
    [0o700, 'profile / -'],
    [0o644, 'refuses profile-unusable'],
    [0o640, 'refuses profile-unusable'],
    [0o604, 'refuses profile-unusable'],
    [0o620, 'refuses profile-unusable'],
    [0o602, 'refuses profile-unusable'],
  ])('A credentials file with the mode %o.', async (mode, answer) => {
    const content = JSON.stringify(used);
    const entries = { [`${folder}/credentials/work.json`]: { kind: 'file', content, mode } } as const;
    expect(said((await inspectGiven(named(used, { login }), { entries })).verdict)).toBe(answer);
  });
});

describe('A Claude login', () => {
  agrees([
    ['whose scopes are a number', { login: { scopes: 5 }, consoleKey }, 'refuses config-broken'],
    ['whose scopes are a number + key', { login: { scopes: 5 }, shell: KEY }, '- / api-key'],
    [
      'whose scopes are a number + token + Console key',
      { login: { scopes: 5 }, shell: TOKEN, consoleKey },
      'auth-token / console-key',
    ],
    [
      'whose scopes are a number + active profile',
      { login: { scopes: 5 }, profile: 'active' },
      'profile / -',
    ],
    [
      'whose scopes are a number, and without a token',
      { login: { scopes: 5, accessToken: '' }, consoleKey },
      '- / console-key',
    ],
    ['whose token is white space', { login: { accessToken: ' ' }, consoleKey }, 'claude-login (empty) / -'],
    ['whose token is an empty list', { login: { accessToken: [] } }, 'claude-login (empty) / -'],
    ['whose token cannot be sent', { login: { accessToken: '☃' }, consoleKey }, 'refuses config-broken'],
    ['whose token cannot be sent + key', { login: { accessToken: 'a\nb' }, shell: KEY }, '- / api-key'],
    ['that has no scope for models', { login: { scopes: ['user:profile'] }, consoleKey }, '- / console-key'],
    ['whose scopes are text', { login: { scopes: 'user:profile user:inference' } }, 'claude-login / -'],
    ['whose scopes are missing', { login: { scopes: null } }, 'refuses not-logged-in'],
    ['whose access token has ended', { login: { expiresAt: '$NOW_MS-1' } }, 'claude-login / -'],
    ['whose refresh token is empty', { login: { refreshToken: '' } }, 'claude-login / -'],
    ['without a token', { login: { accessToken: '' }, consoleKey }, '- / console-key'],
    ['whose token is a number', { login: { accessToken: 12345 } }, 'claude-login / -'],
  ]);
});

describe('Descriptors', () => {
  const keyDescriptor = { CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR: '5' };
  const oauthDescriptor = { CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR: '6' };
  agrees([
    ['a key behind one', { shell: keyDescriptor, login, consoleKey }, '- / api-key'],
    ['a key behind one + token', { shell: { ...keyDescriptor, ...TOKEN } }, 'auth-token / api-key'],
    ['a key behind one + helper', { shell: keyDescriptor, helper }, 'api-key-helper / api-key'],
    ['a key behind one, interactive', { shell: keyDescriptor, mode: 'interactive' }, '- / api-key'],
    ['a key behind one, bare', { shell: keyDescriptor, mode: 'bare' }, 'refuses not-logged-in'],
    ['an OAuth token behind one', { shell: oauthDescriptor, login, consoleKey }, 'oauth-token / -'],
    [
      'an OAuth token behind one + named profile',
      { shell: oauthDescriptor, profile: 'named' },
      'oauth-token / -',
    ],
    ['an OAuth token behind one, bare', { shell: oauthDescriptor, mode: 'bare' }, 'refuses not-logged-in'],
    ['named in a settings file', { user: { ...keyDescriptor, ...oauthDescriptor } }, 'refuses not-logged-in'],
  ]);

  test('The variable comes before the descriptor.', async () => {
    const { verdict } = await inspectGiven({
      shell: { ...KEY, ...keyDescriptor, ...OAUTH, ...oauthDescriptor },
    });
    expect(verdict.xApiKey?.reading.origin.name).toBe('ANTHROPIC_API_KEY');
    const { verdict: oauth } = await inspectGiven({ shell: { ...OAUTH, ...oauthDescriptor } });
    expect(oauth.authorization?.reading.origin.name).toBe('CLAUDE_CODE_OAUTH_TOKEN');
  });

  test('A key that was declined gives way to the one behind the descriptor.', async () => {
    const { verdict } = await inspectGiven({
      mode: 'interactive',
      answered: 'rejected',
      shell: { ...KEY, ...keyDescriptor },
    });
    expect(verdict.xApiKey?.reading.origin.name).toBe('CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR');
  });
});

test('A base URL changes where the request goes, not what it carries.', async () => {
  const shell = { ANTHROPIC_BASE_URL: 'https://gateway.example' };
  expect(said((await inspectGiven({ shell, login })).verdict)).toBe('claude-login / -');
});

test('A helper that was not run is taken to print a credential.', async () => {
  const { ports, request, context } = worldPorts(worldOf({ helper: 'exit 1' }));
  const verdict = decide(await gatherFacts(ports, { ...request, runHelper: false }), context);
  expect(said(verdict)).toBe('api-key-helper / api-key-helper');
  expect(verdict.authorization).toMatchObject({ helper: 'not-run', run: null, broken: false });
});

test('A helper that was run is told of with what became of it.', async () => {
  const { verdict } = await inspectGiven({ helper: 'echo a; exit 3' });
  expect(verdict.xApiKey).toMatchObject({
    helper: 'ran',
    broken: true,
    run: { ok: false, problem: 'exit-code', printed: true },
  });
});
