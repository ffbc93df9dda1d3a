/** As it is, in an address, or as it is put into the keychain; a part of it is enough. */
export function holdsSecret(text: string, secret: string): boolean {
  const core = secret.slice(2, -2);
  if (text.includes(core)) return true;
  // base64 at each of the three places in which it can begin, without what its neighbours decide.
  return [0, 1, 2].some((start) =>
    text.includes(
      Buffer.from(`${'.'.repeat(start)}${core}`)
        .toString('base64url')
        .slice(4, -4),
    ),
  );
}
