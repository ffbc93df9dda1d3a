export const VARIABLE_STORES = ['systemd', 'launchd', 'registry', 'fish-universal'] as const;
/** Where a session keeps variables outside of files that can be edited. `registry` is the user’s own key, never the machine’s. */
export type VariableStoreId = (typeof VARIABLE_STORES)[number];
