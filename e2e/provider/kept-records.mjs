/**
 * What one provider keeps, in memory. oidc-provider brings such a store along, but all providers of a process share it, and it
 * forgets after a thousand entries.
 */

/** @typedef {import('oidc-provider').AdapterPayload} Payload */

/** @returns {new (model: string) => import('oidc-provider').Adapter} a class, as oidc-provider wants it */
export function keptRecords() {
  /** @type {Map<string, { payload: Payload }>} */
  const records = new Map();

  /** @param {(payload: Payload) => boolean} wanted */
  const keysWhere = (wanted) => [...records].filter(([, { payload }]) => wanted(payload)).map(([key]) => key);

  return class {
    /** @param {string} model */
    constructor(model) {
      this.model = model;
    }

    /** @param {string} id */
    key(id) {
      return `${this.model}:${id}`;
    }

    /** What has ended stays, so that the provider can say that it has. @param {string} id @param {Payload} payload */
    upsert(id, payload) {
      records.set(this.key(id), { payload });
      return Promise.resolve();
    }

    /** @param {string} id @returns {Promise<Payload | undefined>} */
    find(id) {
      const record = records.get(this.key(id));
      return Promise.resolve(record === undefined ? undefined : { ...record.payload });
    }

    /** @param {(payload: Payload) => boolean} wanted */
    #findWhere(wanted) {
      const key = keysWhere(wanted).find((found) => found.startsWith(`${this.model}:`));
      return key === undefined ? Promise.resolve(undefined) : this.find(key.slice(this.model.length + 1));
    }

    /** @param {string} uid */
    findByUid(uid) {
      return this.#findWhere((payload) => payload.uid === uid);
    }

    /** @param {string} userCode */
    findByUserCode(userCode) {
      return this.#findWhere((payload) => payload.userCode === userCode);
    }

    /** @param {string} id */
    consume(id) {
      const record = records.get(this.key(id));
      if (record !== undefined)
        record.payload = { ...record.payload, consumed: Math.floor(Date.now() / 1000) };
      return Promise.resolve();
    }

    /** @param {string} id */
    destroy(id) {
      records.delete(this.key(id));
      return Promise.resolve();
    }

    /** @param {string} grantId */
    revokeByGrantId(grantId) {
      for (const key of keysWhere((payload) => payload.grantId === grantId)) records.delete(key);
      return Promise.resolve();
    }
  };
}
