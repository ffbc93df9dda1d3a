import { expect } from 'vitest';
import { schemaValidator } from './published-schemas.ts';

const flaws = schemaValidator({ undocumented: false });

/**
 * The one document that a command printed; it has to be as published, and to have no field that its schema does not name.
 *
 * @param name of the schema; what went wrong before the command had an answer has one of its own, “error”
 */
export function publishedAnswer(name: string, stdout: string): Readonly<Record<string, unknown>> {
  const said = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  expect(flaws(name, said)).toEqual([]);
  return said;
}
