export interface Deferred<Value> {
  readonly promise: Promise<Value>;
  /** The first call counts. */
  readonly resolve: (value: Value) => void;
}

/** A promise that is settled from outside; what Node 20 has no `Promise.withResolvers` for. */
export function deferred<Value>(): Deferred<Value> {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
