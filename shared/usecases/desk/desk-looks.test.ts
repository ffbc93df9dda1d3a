import { describe, expect, test } from 'vitest';
import {
  KEY_SETTINGS,
  OTHER,
  SETTINGS,
  TOKEN_SETTINGS,
  sitAtDesk,
  someDisk,
  type DeskGiven,
  type DeskSeat,
} from '../../../e2e/support/desk-seat.ts';
import { turn } from '../../../e2e/support/turn.ts';
import { WORLD_HOME } from '../../testing/worlds.ts';

describe('What changes', () => {
  test('is seen: a file that appears, is written and is removed.', async () => {
    const seat = sitAtDesk();
    await seat.desk.start();
    expect(seat.says()).toBe('refuses not-logged-in');
    const { question } = seat.desk.state();
    for (const [text, expected] of [
      [KEY_SETTINGS, '- / api-key'],
      [TOKEN_SETTINGS, 'auth-token / -'],
      ['{', 'refuses not-logged-in'],
    ] as const) {
      seat.disk.replace(SETTINGS, text);
      await seat.pass(100);
      expect(seat.says()).toBe(expected);
    }
    seat.disk.remove(`${WORLD_HOME}/.claude`);
    await seat.pass(100);
    expect(seat.says()).toBe('refuses not-logged-in');
    // The same was asked all the while.
    expect(seat.desk.state().question).toBe(question);
  });

  test('is seen also where no path was named.', async () => {
    const seat = sitAtDesk();
    await seat.desk.start();
    await seat.pass(2000);
    const before = seat.looks();
    seat.watcher.tellNothing();
    await seat.pass(100);
    expect(seat.looks()).toBe(before + 1);
  });

  test('in a storm of events makes few looks, and the last state wins.', async () => {
    const seat = sitAtDesk();
    await seat.desk.start();
    await seat.pass(2000);
    const before = seat.looks();
    for (let at = 0; at < 200; at++) {
      seat.disk.write(SETTINGS, at % 2 === 0 ? KEY_SETTINGS : TOKEN_SETTINGS);
      seat.disk.write(`${WORLD_HOME}/.claude.json`, `{"numStartups":${String(at)}}`);
      await seat.pass(5);
    }
    // One second of it: it does not go by unseen, nor is every event a look.
    expect(seat.looks() - before).toBeGreaterThanOrEqual(2);
    expect(seat.looks() - before).toBeLessThanOrEqual(8);
    await seat.pass(2000);
    expect(seat.says()).toBe('auth-token / -');
    expect(seat.looks() - before).toBeLessThanOrEqual(10);
  });

  test('while nothing happens is not looked for.', async () => {
    const seat = sitAtDesk();
    await seat.desk.start();
    await seat.pass(3000);
    const before = seat.looks();
    await seat.pass(20_000);
    expect(seat.looks()).toBe(before);
    // What waits is the next look at the clocks.
    expect(seat.pending()).toBe(1);
    await seat.pass(15 * 60_000);
    expect(seat.looks()).toBeGreaterThan(before);
  });

  test('during a look is seen after it.', async () => {
    const seat = sitAtDesk();
    await seat.desk.start();
    seat.gate.close();
    const look = seat.desk.look();
    await turn();
    seat.disk.write(SETTINGS, KEY_SETTINGS);
    await seat.pass(100);
    await seat.gate.open();
    await look;
    await seat.pass(100);
    expect(seat.says()).toBe('- / api-key');
  });

  test('during the very first look, before anything is watched, is seen as well.', async () => {
    const disk = someDisk();
    let isFirst = true;
    const seat = sitAtDesk({
      disk,
      atEnd: () => {
        if (isFirst) disk.write(SETTINGS, KEY_SETTINGS);
        isFirst = false;
      },
    });
    await seat.desk.start();
    expect(seat.says()).toBe('refuses not-logged-in');
    await seat.pass(2000);
    expect(seat.says()).toBe('- / api-key');
  });
});

describe('A look', () => {
  test('that goes on for long is told, and when it is over.', async () => {
    const seat = sitAtDesk();
    seat.gate.close();
    const start = seat.desk.start();
    await seat.pass(295);
    expect(seat.desk.state().looking).toBe(false);
    await seat.pass(10);
    expect(seat.desk.state()).toMatchObject({ looking: true, look: null });
    await seat.gate.open();
    await start;
    expect(seat.desk.state().looking).toBe(false);
  });

  test('that fails says so without a word of what it stumbled over, and the next one recovers.', async () => {
    const seat = sitAtDesk();
    seat.disk.write(SETTINGS, KEY_SETTINGS);
    await seat.desk.start();
    seat.gate.fail = new Error('sk-ant-made-up');
    await seat.desk.look();
    expect(seat.desk.state()).toMatchObject({ phase: 'failed', looking: false });
    expect(JSON.stringify({ ...seat.desk.state(), look: null })).not.toContain('sk-ant');
    // Of this folder the last answer is still known.
    expect(seat.says()).toBe('- / api-key');
    seat.gate.fail = null;
    seat.disk.write(SETTINGS, TOKEN_SETTINGS);
    await seat.pass(100);
    expect(seat.desk.state().phase).toBe('ready');
    expect(seat.says()).toBe('auth-token / -');
  });

  test('that fails in another folder leaves no answer of the former one.', async () => {
    const seat = sitAtDesk();
    await seat.desk.start();
    seat.gate.fail = new Error();
    await seat.desk.addFolder(OTHER);
    expect(seat.desk.state()).toMatchObject({ phase: 'failed', path: OTHER, look: null });
    seat.gate.fail = null;
    await seat.desk.look();
    expect(seat.says()).toBe('auth-token / -');
  });

  test('says how far the watching goes.', async () => {
    const seat = sitAtDesk();
    seat.watcher.limit();
    await seat.desk.start();
    expect(seat.desk.state().watching).toBe('limited');
  });
});

describe('The login shell', () => {
  const withShell = (file: string, exports: DeskGiven['exports'] = () => ({})): DeskSeat => {
    return sitAtDesk({ shell: file, exports });
  };

  test('is asked once, and again when one of its files changes.', async () => {
    let token = 'one';
    const seat = withShell('/bin/zsh', () => ({ ANTHROPIC_AUTH_TOKEN: token }));
    await seat.desk.start();
    expect([seat.shellRuns(), seat.says()]).toEqual([1, 'auth-token / -']);
    seat.disk.write(SETTINGS, KEY_SETTINGS);
    await seat.pass(2000);
    await seat.desk.addFolder(OTHER);
    await seat.desk.setSurface('desktop');
    await seat.desk.setSurface('terminal');
    await seat.desk.setMatrix(true);
    await seat.pass(2000);
    expect(seat.shellRuns()).toBe(1);
    token = 'two';
    const before = JSON.stringify(seat.desk.state().look?.inspections[0]?.facts.layers);
    seat.disk.write(`${WORLD_HOME}/.zshrc`, 'source ~/.zsh/keys\n');
    await seat.pass(100);
    expect(seat.shellRuns()).toBe(2);
    expect(JSON.stringify(seat.desk.state().look?.inspections[0]?.facts.layers)).not.toBe(before);
    await seat.pass(2000);
    expect(seat.shellRuns()).toBe(2);
  });

  test('is asked again when somebody asks for a look, or nobody can say what changed.', async () => {
    const seat = withShell('/bin/zsh');
    await seat.desk.start();
    await seat.desk.look();
    expect(seat.shellRuns()).toBe(2);
    seat.watcher.tellNothing();
    await seat.pass(100);
    expect(seat.shellRuns()).toBe(3);
  });

  test('may write at its start what it reads, without being started for ever.', async () => {
    const disk = someDisk();
    disk.write(`${WORLD_HOME}/.zshrc`, 'source ~/.zsh/keys # ANTHROPIC_API_KEY\n');
    let runs = 0;
    const exports = (): Record<string, string> => {
      runs += 1;
      disk.write(`${WORLD_HOME}/.zsh/keys`, `# ${String(runs)}\n`);
      return {};
    };
    const seat = sitAtDesk({ shell: '/bin/zsh', exports, disk });
    await seat.desk.start();
    disk.write(`${WORLD_HOME}/.zshrc`, 'source ~/.zsh/keys # changed, ANTHROPIC_API_KEY\n');
    await seat.pass(30_000);
    expect(seat.shellRuns()).toBe(6);
  });

  test('is asked for the last of many changes, if only later.', async () => {
    let token = 0;
    const seat = withShell('/bin/zsh', () => ({ ANTHROPIC_AUTH_TOKEN: `token-${String(token)}` }));
    const layers = (): string => JSON.stringify(seat.desk.state().look?.inspections[0]?.facts.layers);
    await seat.desk.start();
    for (token = 1; token <= 12; token++) {
      seat.disk.write(`${WORLD_HOME}/.zshrc`, `# ${String(token)}\n`);
      await seat.pass(1_000);
    }
    expect(seat.shellRuns()).toBeLessThanOrEqual(6);
    token = 99;
    seat.disk.write(`${WORLD_HOME}/.zshrc`, '# the last\n');
    const before = layers();
    await seat.pass(61_000);
    expect(layers()).not.toBe(before);
    const last = layers();
    await seat.desk.look();
    expect(layers()).toBe(last);
  });

  test.each([
    ['a file that is sourced', '/bin/zsh', '.zsh/keys'],
    ['a file that would be read before another', '/bin/bash', '.bash_profile'],
    ['a new file in a folder of them', '/usr/bin/fish', '.config/fish/conf.d/keys.fish'],
  ])('is asked again for %s.', async (_, shell, file) => {
    const disk = someDisk();
    disk.write(`${WORLD_HOME}/.zshrc`, 'source ~/.zsh/keys # ANTHROPIC_API_KEY\n');
    disk.write(`${WORLD_HOME}/.profile`, ': # ANTHROPIC_API_KEY\n');
    disk.makeFolder(`${WORLD_HOME}/.config/fish/conf.d`);
    const seat = sitAtDesk({ shell, disk });
    await seat.desk.start();
    await seat.pass(2000);
    expect(seat.shellRuns()).toBe(1);
    disk.write(`${WORLD_HOME}/${file}`, 'export ANTHROPIC_API_KEY=x\n');
    await seat.pass(100);
    expect(seat.shellRuns()).toBe(2);
  });
});
