import type { faultProxy } from '../../provider/fault-proxy.mjs';
import type { MadeUpHome } from './made-up-home.ts';
import type { Sweep } from './sweep.ts';

/** What the provider gives: tokens and device codes. */
export function recordAnswers(proxy: Awaited<ReturnType<typeof faultProxy>>, sweep: Sweep): void {
  for (const at of ['/token', '/device/auth'])
    proxy.when(
      { path: at },
      {
        do: 'rewrite',
        body: (text) => {
          const answer = JSON.parse(text) as Readonly<Record<string, unknown>>;
          for (const name of ['access_token', 'refresh_token', 'id_token', 'device_code']) {
            const value = answer[name];
            if (typeof value === 'string') sweep.add({ name: name.replace('_', ' '), value });
          }
          return text;
        },
      },
    );
}

/** What Credence sends: codes and verifiers. */
export function addRequest(sweep: Sweep, body: string): void {
  const form = new URLSearchParams(body);
  for (const [field, name] of [
    ['code', 'authorization code'],
    ['code_verifier', 'verifier'],
  ] as const) {
    const value = form.get(field);
    if (value !== null) sweep.add({ name, value });
  }
}

/** What binds the newest address to this attempt. */
export function addAddress(sweep: Sweep, home: MadeUpHome): void {
  const { searchParams } = new URL(home.opened().at(-1) ?? '');
  for (const name of ['state', 'nonce']) sweep.add({ name, value: searchParams.get(name) ?? '' });
}
