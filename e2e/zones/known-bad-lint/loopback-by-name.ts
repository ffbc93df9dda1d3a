// as: electron/adapters/network/node-loopback.ts
// expect: no-restricted-syntax
export const redirectUri = (port: number): string => `http://localhost:${port}/callback`;
