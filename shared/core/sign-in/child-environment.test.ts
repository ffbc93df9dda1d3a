import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { childEnvironment } from './child-environment.ts';

const given = (
  variables: Readonly<Record<string, string | undefined>>,
  platform: 'linux' | 'darwin' | 'win32' = 'linux',
): Readonly<Record<string, string | undefined>> =>
  childEnvironment({ platform, variables, home: '/home/p' }).variables;

describe('childEnvironment', () => {
  test.each([
    'BROWSER',
    'HTTPS_PROXY',
    'https_proxy',
    'NO_PROXY',
    'NODE_EXTRA_CA_CERTS',
    'SSL_CERT_FILE',
    'CLAUDE_CONFIG_DIR',
    'CLAUDE_SECURESTORAGE_CONFIG_DIR',
    'CLAUDE_CODE_USE_BEDROCK',
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_AUTH_TOKEN',
    'CLAUDE_CODE_OAUTH_TOKEN',
    'ANTHROPIC_BASE_URL',
    'ANTHROPIC_CONFIG_DIR',
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XAUTHORITY',
    'XDG_RUNTIME_DIR',
    'XDG_CURRENT_DESKTOP',
    'DBUS_SESSION_BUS_ADDRESS',
    'SSH_CONNECTION',
    'SSH_TTY',
    'SSH_AUTH_SOCK',
    'WSL_DISTRO_NAME',
    'HOME',
    'USER',
    'LANG',
    'LC_ALL',
    'TERM',
    'TMPDIR',
    'NODE_ENV',
  ])('%s is handed on as it is.', (name) => {
    expect(given({ [name]: ' as it\nis é' })).toMatchObject({ [name]: ' as it\nis é' });
  });

  test.each([
    'NODE_OPTIONS',
    'NODE_PATH',
    'NODE_DEBUG',
    'NODE_DEBUG_NATIVE',
    'NODE_INSPECT_RESUME_ON_START',
    'NODE_CHANNEL_FD',
    'NODE_V8_COVERAGE',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'SSLKEYLOGFILE',
    'ELECTRON_RUN_AS_NODE',
    'ELECTRON_ENABLE_LOGGING',
    'LD_PRELOAD',
    'LD_AUDIT',
    'LD_LIBRARY_PATH',
    'LD_DEBUG',
    'DYLD_INSERT_LIBRARIES',
    'BUN_OPTIONS',
    'BUN_BE_BUN',
    'BUN_INSPECT',
    'BUN_CONFIG_VERBOSE_FETCH',
    'GCONV_PATH',
    'BASH_ENV',
    'ENV',
    'SHELLOPTS',
    'BASH_FUNC_kill%%',
    'OPENSSL_CONF',
    'OLDPWD',
    'CREDENCE_CHROMIUM',
    'CREDENCE_ANYTHING',
    'CLAUDE_CODE_OAUTH_REFRESH_TOKEN',
    'CLAUDE_CODE_OAUTH_SCOPES',
    'CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR',
    'NOTIFY_SOCKET',
    'LISTEN_FDS',
    'CHROME_DESKTOP',
    'APPIMAGE',
  ])('%s is left out.', (name) => {
    expect(given({ [name]: 'x', HOME: '/home/p' })).toEqual({ HOME: '/home/p', PWD: '/home/p' });
  });

  test('On Windows a name is the same in any case, elsewhere it is another.', () => {
    expect(given({ Node_Options: 'x', Path: 'C:\\a', SystemRoot: 'C:\\Windows' }, 'win32')).toEqual({
      Path: 'C:\\a',
      SystemRoot: 'C:\\Windows',
    });
    expect(given({ node_options: 'x' })).toMatchObject({ node_options: 'x' });
  });

  test.each([
    ['/usr/bin:/bin', '/usr/bin:/bin'],
    ['.:/bin', '/bin'],
    ['/bin::bin:./x:/usr/bin:', '/bin:/usr/bin'],
    ['', ''],
  ])('Of the search path %j what is absolute stays: %j.', (before, after) => {
    expect(given({ PATH: before })['PATH']).toBe(after);
  });

  test('On Windows the search path has its own separator.', () => {
    expect(given({ Path: '.;C:\\a;b;\\\\server\\c' }, 'win32')['Path']).toBe('C:\\a;\\\\server\\c');
  });

  test('It is started in the home, and told so.', () => {
    const environment = { platform: 'linux', variables: { PWD: '/srv/project' }, home: '/home/p' } as const;
    expect(childEnvironment(environment)).toEqual({ folder: '/home/p', variables: { PWD: '/home/p' } });
    expect(childEnvironment({ ...environment, home: null }).folder).toBe('/');
  });

  test('A variable without a value is not set.', () => {
    expect(given({ BROWSER: undefined })).toEqual({ PWD: '/home/p' });
  });

  test('Nothing is made up, nothing but the search path is changed, and twice is as once.', () => {
    const name = fc.oneof(
      fc.constantFrom('PATH', 'LD_PRELOAD', 'BROWSER', '__proto__', 'constructor', 'BUN_X'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (entries) => {
        const variables = Object.fromEntries(entries);
        const once = given(variables);
        for (const [key, value] of Object.entries(once)) {
          if (key !== 'PWD' && key !== 'PATH') expect(variables[key]).toBe(value);
        }
        expect(given(once)).toEqual(once);
      }),
    );
  });
});
