import type { World } from './recorded-world.ts';

/**
 * Everything in a world that must not be seen in any output. `value`: a key, a token or the like, of which no larger piece may
 * be seen either. `text`: a helper's command or inline settings, secret as a whole.
 */
export interface WorldSecret {
  readonly kind: 'value' | 'text';
  readonly text: string;
}

/** Shorter ones cannot be told from other text of an answer. */
const SHORTEST = 6;
/** A piece of this length can be nothing else. */
const PIECE = 16;
const TAIL = 12;

export function secretsOfWorld({
  env = {},
  files = {},
  managed = {},
  args = [],
}: World): readonly WorldSecret[] {
  const found = new Map<string, WorldSecret>();
  const add = (kind: WorldSecret['kind'], text: string): void => {
    const trimmed = text.trim();
    if (trimmed.length >= SHORTEST && !found.has(trimmed)) found.set(trimmed, { kind, text: trimmed });
  };
  collect(env, '', add);
  for (const content of [...Object.values(files), ...Object.values(managed)]) {
    if (typeof content === 'string') collectFromText(content, add);
    else collect(content, '', add);
  }
  for (const argument of args) {
    collectFromText(argument, add);
    if (argument.startsWith('{')) add('text', argument);
  }
  return [...found.values()];
}

/** The secrets of which something is to be seen in an output. */
export function leaksIn(output: string, secrets: readonly WorldSecret[]): readonly WorldSecret[] {
  return secrets.filter((secret) => piecesOf(secret).some((piece) => output.includes(piece)));
}

/** Each also as it would be written in JSON. */
function piecesOf({ kind, text }: WorldSecret): readonly string[] {
  const whole = [text, JSON.stringify(text).slice(1, -1)];
  // What every key of that kind begins with is no secret.
  const own = text.replace(/^sk-ant-[a-z]+\d+-/, '');
  if (kind === 'text' || own.length <= PIECE) return whole;
  const pieces = Array.from({ length: own.length - PIECE + 1 }, (_, at) => own.slice(at, at + PIECE));
  return [...whole, ...pieces, own.slice(-TAIL)];
}

type Add = (kind: WorldSecret['kind'], text: string) => void;

function collect(value: unknown, key: string, add: Add): void {
  if (typeof value === 'string') collectFromValue(value, key, add);
  else if (typeof value === 'number') collectFromValue(String(value), key, add);
  else if (Array.isArray(value)) {
    // Of approved and rejected keys their last 20 characters are kept: they are as secret as the keys.
    for (const entry of value as readonly unknown[]) {
      if (typeof entry === 'string' && /^(approved|rejected)$/.test(key)) add('value', entry);
      else collect(entry, key, add);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) collect(part, name, add);
  }
}

function collectFromValue(text: string, key: string, add: Add): void {
  if (/helper$|^aws(AuthRefresh|CredentialExport)$|^gcpAuthRefresh$/i.test(key)) {
    add('text', text);
    for (const word of wordsOf(text)) if (looksSecret(word)) add('value', word);
  } else if (/headers$/i.test(key)) {
    for (const line of text.split('\n')) add('value', line.replace(/^[^:]*:\s*(Bearer\s+)?/i, ''));
  } else if (namesSecret(key) && !text.startsWith('/')) add('value', text);
  else if (looksSecret(text.trim())) add('value', text);
}

/** Not those that name a file, a time, an address or a kind: such values may be told. */
function namesSecret(key: string): boolean {
  return (
    /key|token|secret|password/i.test(key) &&
    !/(file|path|dir|descriptor|ms|at|ends?|url|uri|type|tokens)$/i.test(key)
  );
}

function collectFromText(text: string, add: Add): void {
  for (const word of wordsOf(text)) if (looksSecret(word)) add('value', word);
  try {
    collect(JSON.parse(text.replace(/^\ufeff/, '')), '', add);
  } catch {
    // Not JSON: what looks like a secret has been taken.
  }
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[^\w.~+=-]+/);
}

/** Long, of mixed characters, and neither a path nor a name in one of the usual spellings. */
function looksSecret(word: string): boolean {
  if (word.length < 12 || !/^[\w.~+=-]+$/.test(word)) return false;
  if (/^(sk-|AKIA|eyJ)/.test(word)) return true;
  return /[a-z]/.test(word) && /[A-Z]/.test(word) && /[\d-]/.test(word);
}
