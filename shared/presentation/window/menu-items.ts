import type { MenuItem } from '../../ipc/snapshot.ts';

/** An item that does something. */
export type MenuActionItem = Extract<MenuItem, { kind: 'action' }>;
export const text = (key: string, label: string): MenuItem => ({ kind: 'text', key, label });
export const separator = (key: string): MenuItem => ({ kind: 'separator', key });
export const submenu = (key: string, label: string, items: readonly MenuItem[]): MenuItem => ({
  kind: 'menu',
  key,
  label,
  items,
});
export const action = (
  key: string,
  label: string,
  what: MenuActionItem['action'],
  accelerator: string | null = null,
): MenuActionItem => ({
  kind: 'action',
  key,
  label,
  action: what,
  checked: null,
  enabled: true,
  accelerator,
});
