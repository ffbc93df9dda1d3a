import type { Consent } from '../../ports/foreign-keyring.ts';

/** Made where a click is handled, and nowhere else. */
export function consentByClick(): Consent {
  let taken = false;
  return {
    take: () => {
      const first = !taken;
      taken = true;
      return first;
    },
  };
}
