import { describe, expect, test } from 'vitest';
import type { MenuAction, MenuItem } from '../../shared/ipc/snapshot.ts';
import { KEY } from '../../shared/testing/given.ts';
import { windowOf } from '../../shared/testing/window-of.ts';
import { menuTemplate } from './menu-template.ts';

const action = (label: string, more: Partial<Extract<MenuItem, { kind: 'action' }>> = {}): MenuItem => ({
  kind: 'action',
  key: 'a',
  label,
  action: { do: 'refresh' },
  checked: null,
  enabled: true,
  accelerator: null,
  ...more,
});

describe('The menu as the system draws it', () => {
  test.each<[string, MenuItem, object]>([
    [
      'what tells something is disabled',
      { kind: 'text', key: 't', label: 'a' },
      { label: 'a', enabled: false },
    ],
    ['a line is a line', { kind: 'separator', key: 's' }, { type: 'separator' }],
    ['an action can be chosen', action('a'), { label: 'a', enabled: true }],
    ['one that is off cannot', action('a', { enabled: false }), { label: 'a', enabled: false }],
    [
      'one of several is marked',
      action('a', { checked: true }),
      { label: 'a', enabled: true, type: 'radio', checked: true },
    ],
    [
      'the others are not',
      action('a', { checked: false }),
      { label: 'a', enabled: true, type: 'radio', checked: false },
    ],
    [
      'keys are named',
      action('a', { accelerator: 'CmdOrCtrl+R' }),
      { label: 'a', enabled: true, accelerator: 'CmdOrCtrl+R' },
    ],
    ['an ampersand is no mnemonic', action('a & b && c'), { label: 'a && b &&&& c', enabled: true }],
    ['nor in a text', { kind: 'text', key: 't', label: 'R&D' }, { label: 'R&&D', enabled: false }],
    [
      'menus are menus, all the way down',
      { kind: 'menu', key: 'm', label: 'a&', items: [{ kind: 'text', key: 't', label: '&' }] },
      { label: 'a&&', submenu: [{ label: '&&', enabled: false }] },
    ],
  ])('holds that %s.', (_, item, expected) => {
    const [drawn] = menuTemplate([item], () => undefined);
    const rest = Object.entries(drawn ?? {}).filter(([name]) => name !== 'click');
    expect(Object.fromEntries(rest)).toEqual(expected);
  });

  test('does what was chosen, and nothing before.', async () => {
    const { menu } = (await windowOf({ login: true, user: KEY })).snapshot;
    const done: MenuAction[] = [];
    const wanted: MenuAction[] = [];
    const walk = (items: readonly MenuItem[], drawn: ReturnType<typeof menuTemplate>): void => {
      expect(drawn).toHaveLength(items.length);
      for (const [at, item] of items.entries()) {
        const shown = drawn[at];
        if (item.kind === 'menu') walk(item.items, shown?.submenu as ReturnType<typeof menuTemplate>);
        if (item.kind !== 'action') continue;
        wanted.push(item.action);
        (shown?.click as unknown as () => void)();
      }
    };
    const drawn = menuTemplate(menu, (chosen) => done.push(chosen));
    expect(done).toEqual([]);
    walk(menu, drawn);
    expect(done).toEqual(wanted);
    expect(done).toContainEqual({ do: 'quit' });
  });
});
