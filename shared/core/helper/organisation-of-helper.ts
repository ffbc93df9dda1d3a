/** Words that run Credence’s own command, however it is installed and quoted, at the end of what a shell is given. */
const OWN_TOKEN =
  /(?:^|[\s/\\"'])credence(?:\.[a-z]{1,4})?["']?\s+["']?token["']?\s+["']?--provider["']?[\s=]["']?([a-z0-9][a-z0-9-]{0,39})["']?\s*$/;

/** The provider whose token an `apiKeyHelper` prints, where it is `credence token --provider NAME`; else `null`. */
export function organisationOfHelper(command: string): string | null {
  // Hardly any helper is one, and the pattern costs more than this question.
  if (!command.includes('credence')) return null;
  return OWN_TOKEN.exec(command)?.[1] ?? null;
}
