/**
 * A keyed, shortened hash of a secret: equal secrets on one installation have equal fingerprints, and nothing about the
 * secret can be read off. 12 lower-case hexadecimal digits.
 */
export type Fingerprint = string & { readonly __brand: 'Fingerprint' };

/** Keyed per installation; made by the Hash port. The only function that a raw secret is handed to. */
export type FingerprintOf = (secret: string) => Fingerprint;
