import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SURFACE_MODES, type Mode } from '../../core/context.ts';
import type { Facts } from '../../core/facts.ts';
import { decide } from '../../core/rules/decide.ts';
import type { Slot, Verdict } from '../../core/verdict.ts';
import { changeWorld, type ChangeWorld } from '../../testing/change-world.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { memoryDisk } from '../../testing/memory-disk.ts';
import { memoryKeyring } from '../../testing/memory-keyring.ts';
import { madeUpLoginShell } from '../../testing/made-up-login-shell.ts';
import { scriptedProcessRunner } from '../../testing/scripted-process-runner.ts';
import { lookRequest } from '../desk/desk-look.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import type { GatherRequest } from '../gather/gather-request.ts';
import { PLACE_EDITORS } from './all-editors.ts';
import { applyPlan } from './apply-plan.ts';
import { factsAfterPlan } from './facts-after-plan.ts';
import { planChange, type PreparedPlan } from './plan-change.ts';
import type { Wish } from './plan-request.ts';

/** Ten thousand homes are changed in a minute, and more on a busy machine: milliseconds. */
const PATIENCE = 300_000;
const HOME = '/home/p';
const FOLDER = `${HOME}/app`;
const CLAUDE_CODE = { version: '2.1.328', from: 'installed' } as const;
const NAMES = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'ANTHROPIC_BASE_URL',
  'CLAUDE_CODE_USE_BEDROCK',
] as const;

const valueOf = (name: string): fc.Arbitrary<string> => {
  if (name === 'ANTHROPIC_BASE_URL') return fc.constantFrom('https://one.example', 'https://two.example/v1');
  if (name === 'CLAUDE_CODE_USE_BEDROCK') return fc.constantFrom('1', '0');
  return fc.constantFrom(`made-up-one-${name}-0123456789`, `made-up-two-${name}-9876543210`);
};
const setting = fc
  .constantFrom(...NAMES)
  .chain((name) => valueOf(name).map((value) => [name, value] as const));

/** Lines that every shell runs each time it starts. */
const certainLine = setting.chain(([name, value]) =>
  fc.constantFrom(
    `export ${name}=${value}`,
    `export ${name}="${value}"`,
    `${name}=${value}\nexport ${name}`,
    `# export ${name}=${value}`,
    `export ${name}=${value}; export EDITOR=vi`,
    `export ${name}=$(cat ~/.key)`,
    `unset ${name}`,
    'export EDITOR=vi',
  ),
);
/** Those of which only a shell can tell whether they run. */
const uncertainLine = setting.chain(([name, value]) =>
  fc.constantFrom(
    `if true\nthen\n  export ${name}=${value}\nfi`,
    `if false\nthen\n  export ${name}=${value}\nfi`,
    `if [ -z "$${name}" ]\nthen\n  export ${name}=${value}\nfi`,
  ),
);
const script = (line: fc.Arbitrary<string>): fc.Arbitrary<string | null> =>
  fc.option(
    fc.array(line, { maxLength: 3 }).map((lines) => lines.map((one) => `${one}\n`).join('')),
    { freq: 2 },
  );

const env = fc.option(
  fc.array(setting, { maxLength: 2 }).map((pairs) => Object.fromEntries(pairs)),
  { freq: 2 },
);
const settings = fc.option(
  fc.record(
    {
      env: env.map((found) => found ?? {}),
      apiKeyHelper: fc.constantFrom('echo made-up-helper', ''),
      model: fc.constant('opus'),
    },
    { requiredKeys: [] },
  ),
  { freq: 2 },
);
const LOGIN = {
  claudeAiOauth: {
    accessToken: 'made-up-login-access',
    refreshToken: 'made-up-login-refresh',
    expiresAt: SOME_NOON + 3_600_000,
    scopes: ['user:inference'],
    subscriptionType: 'max',
  },
};
const answered = fc.subarray([
  'made-up-one-ANTHROPIC_API_KEY-0123456789'.slice(-20),
  'made-up-two-ANTHROPIC_API_KEY-9876543210'.slice(-20),
]);

interface Home {
  readonly shell: 'zsh' | 'bash';
  readonly scripts: Readonly<Record<string, string | null>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly claudeJson: unknown;
  readonly login: boolean;
  /** A line of `/etc/environment`. */
  readonly session: readonly [string, string] | null;
}

function homes(line: fc.Arbitrary<string>): fc.Arbitrary<Home> {
  return fc.constantFrom('zsh' as const, 'bash' as const).chain((shell) =>
    fc.record({
      shell: fc.constant(shell),
      scripts: fc.record(
        Object.fromEntries(
          (shell === 'zsh' ? ['.zshenv', '.zprofile', '.zshrc', '.zlogin'] : ['.bash_profile']).map(
            (name) => [name, script(line)],
          ),
        ),
      ),
      settings: fc.record({
        [`${HOME}/.claude/settings.json`]: settings,
        [`${FOLDER}/.claude/settings.json`]: settings,
        [`${FOLDER}/.claude/settings.local.json`]: settings,
        '/etc/claude-code/managed-settings.json': fc.oneof(
          { weight: 9, arbitrary: fc.constant(null) },
          { weight: 1, arbitrary: settings },
        ),
      }),
      claudeJson: fc.option(
        fc.record(
          {
            env: env.map((found) => found ?? {}),
            customApiKeyResponses: fc.record({ approved: answered, rejected: answered }),
            projects: fc.constant({ [FOLDER]: { hasTrustDialogAccepted: true } }),
            primaryApiKey: fc.constant('made-up-console-key'),
          },
          { requiredKeys: [] },
        ),
        { freq: 3 },
      ),
      login: fc.boolean(),
      session: fc.option(setting, { freq: 3 }),
    }),
  );
}

const wishes: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({
    kind: fc.constant('clear' as const),
    names: fc.subarray([...NAMES, 'apiKeyHelper'], { minLength: 1 }),
  }),
  fc.record({
    kind: fc.constant('use' as const),
    source: fc.constantFrom(
      'claude-login' as const,
      'api-key' as const,
      'auth-token' as const,
      'oauth-token' as const,
      'api-key-helper' as const,
      'cloud-provider' as const,
    ),
  }),
  fc.record({ kind: fc.constant('cancel' as const), names: fc.subarray([...NAMES], { minLength: 1 }) }),
  fc.constantFrom<Wish>(
    { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'], by: 'helper' },
    { kind: 'to-keychain', names: ['ANTHROPIC_AUTH_TOKEN'], by: 'command' },
    { kind: 'to-keychain', names: ['CLAUDE_CODE_OAUTH_TOKEN'], by: 'command' },
    { kind: 'forget-answer', names: ['ANTHROPIC_API_KEY'] },
  ),
);

interface Case {
  readonly home: Home;
  readonly wish: Wish;
  readonly how: 'comment-out' | 'remove';
  readonly asks: boolean;
}

function worldOf({ shell, scripts, settings: laid, claudeJson, login, session }: Home): ChangeWorld {
  const files: Record<string, string> = {};
  for (const [name, text] of Object.entries(scripts)) if (text !== null) files[`${HOME}/${name}`] = text;
  for (const [path, value] of Object.entries(laid))
    if (value !== null) files[path] = JSON.stringify(value, null, 2);
  if (claudeJson !== null) files[`${HOME}/.claude.json`] = JSON.stringify(claudeJson);
  if (session !== null) files['/etc/environment'] = `${session.join('=')}\n`;
  if (login) files[`${HOME}/.claude/.credentials.json`] = JSON.stringify(LOGIN);
  const disk = memoryDisk(
    {
      [HOME]: { kind: 'folder' },
      [`${HOME}/.claude`]: { kind: 'folder' },
      [FOLDER]: { kind: 'folder' },
      ...files,
    },
    1000,
  );
  const keyring = memoryKeyring();
  let secret = (): string => '';
  const processes = scriptedProcessRunner(
    madeUpLoginShell({ shell, home: HOME, files: disk.files, secret: () => secret() }),
  );
  const world = changeWorld({
    disk,
    keyring,
    variables: { SHELL: `/bin/${shell}` },
    ports: { processes },
  });
  secret = () => vaulted;
  let vaulted = '';
  const { vault } = world.ports;
  return {
    ...world,
    ports: {
      ...world.ports,
      vault: {
        ...vault,
        write: (name, bytes) => {
          vaulted = bytes;
          return vault.write(name, bytes, false);
        },
      },
    },
  };
}

/** What is sent, without where it stands. A value that only a run can tell has no fingerprint, and is left open. */
function saying(verdict: Verdict, open: Verdict | null): unknown {
  const slot = (one: Slot | null, other: Slot | null | undefined): unknown =>
    one === null
      ? null
      : {
          source: one.source,
          broken: one.broken,
          value: other === undefined || other?.reading.fingerprint === null ? null : one.reading.fingerprint,
        };
  const { provider, outcome, asks, refuses, unknown, authorization, xApiKey, after } = verdict;
  return {
    provider,
    outcome,
    asks,
    refuses,
    unknown,
    authorization: slot(authorization, (open ?? verdict).authorization),
    xApiKey: slot(xApiKey, (open ?? verdict).xApiKey),
    yes: after === null ? null : saying(after.yes, open?.after?.yes ?? null),
  };
}

async function check({
  home,
  wish,
  how,
  asks,
}: Case): Promise<'applied' | 'nothing' | 'not-possible' | 'cautious'> {
  const world = worldOf(home);
  const { ports } = world;
  const request: GatherRequest = {
    ...lookRequest(FOLDER, 'terminal', CLAUDE_CODE, false),
    askShell: asks,
  };
  const now = await gatherFacts(ports, request);
  const planned = await planChange(ports, PLACE_EDITORS, now, {
    wish,
    how,
    chosen: [],
    claudeCode: CLAUDE_CODE,
    mayBeInClear: false,
    inTerminal: true,
    ownCommand: ['credence'],
  });
  if (!planned.ok) return 'not-possible';
  const promised = await factsAfterPlan(ports, request, now, planned.prepared);
  const applied = await applyPlan(ports, planned.prepared, SOME_NOON);
  if (planned.prepared.plan.steps.length > 0) expect(applied).toMatchObject({ ok: true });
  const found = await gatherFacts(ports, request);
  const modes: readonly Mode[] = SURFACE_MODES.terminal;
  const verdictOf = (facts: Facts, mode: Mode): Verdict => decide(facts, { mode, claudeCode: CLAUDE_CODE });
  const promise = modes.map((mode) => verdictOf(promised, mode));
  const said = promise.map((verdict) => saying(verdict, null));
  const came = modes.map((mode, at) => saying(verdictOf(found, mode), promise[at] ?? null));
  if (JSON.stringify(said) !== JSON.stringify(came) && isCautious(planned.prepared, promised))
    return 'cautious';
  expect(said).toEqual(came);
  return planned.prepared.plan.steps.length > 0 ? 'applied' : 'nothing';
}

/**
 * Lines under conditions that another line hides now: whether and which of them run, nobody can tell before. The plan names them,
 * and promises that the name stays set.
 */
function isCautious({ plan }: PreparedPlan, promised: Facts): boolean {
  const base = promised.layers.find(({ id }) => id === 'base')?.entries ?? {};
  return plan.left.some(({ name, why }) => why === 'conditional' && name in base);
}

const cases = (line: fc.Arbitrary<string>, asks: fc.Arbitrary<boolean>): fc.Arbitrary<Case> =>
  fc.record({
    home: homes(line),
    wish: wishes,
    how: fc.constantFrom('comment-out' as const, 'remove' as const),
    asks,
  });

test(
  'What a plan promises for each mode is what is found once it is applied.',
  async () => {
    const outcomes = { applied: 0, nothing: 0, 'not-possible': 0, cautious: 0 };
    await fc.assert(
      fc.asyncProperty(cases(certainLine, fc.boolean()), async (one) => {
        outcomes[await check(one)] += 1;
      }),
    );
    // Else it would promise nothing.
    expect(outcomes.applied).toBeGreaterThan(20);
    expect(outcomes.cautious).toBe(0);
  },
  PATIENCE,
);

test(
  'So it does when only the shell can tell which lines it runs, and it was not asked.',
  async () => {
    await fc.assert(
      fc.asyncProperty(cases(fc.oneof(certainLine, uncertainLine), fc.constant(false)), async (one) => {
        await check(one);
      }),
    );
  },
  PATIENCE,
);

test(
  'When the shell was asked about such lines, too, a promise is kept, or is the more cautious one.',
  async () => {
    const outcomes = { applied: 0, nothing: 0, 'not-possible': 0, cautious: 0 };
    await fc.assert(
      fc.asyncProperty(cases(fc.oneof(certainLine, uncertainLine), fc.constant(true)), async (one) => {
        outcomes[await check(one)] += 1;
      }),
    );
    expect(outcomes.cautious).toBeLessThan(outcomes.applied / 10);
  },
  PATIENCE,
);

test('A line that the one that goes has hidden so far may be run then, and the name counts as set.', async () => {
  const exported = (value: string): string => `export ANTHROPIC_AUTH_TOKEN=made-up-${value}`;
  const home: Home = {
    shell: 'zsh',
    scripts: {
      '.zprofile': `if true\nthen\n  ${exported('two')}\nfi\n`,
      '.zshrc': `${exported('two')}\nexport CLAUDE_CODE_OAUTH_TOKEN=made-up-one\n`,
      // Which one is passed over and which is run, the shell alone knows.
      '.zlogin': `if false\nthen\n  ${exported('one')}\nfi\n`,
    },
    settings: {},
    claudeJson: null,
    login: false,
    session: null,
  };
  const wish: Wish = { kind: 'use', source: 'oauth-token' };
  expect(await check({ home, wish, how: 'comment-out', asks: true })).toBe('cautious');
});
