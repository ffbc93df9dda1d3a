import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';

const FOLDER = path.join(import.meta.dirname, '../../docs/schema');
const ENDING = '.schema.json';

export type Schema = Readonly<Record<string, unknown>>;

/** The schemas that are published in the package, by the name of their command. */
export function publishedSchemas(): ReadonlyMap<string, Schema> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(ENDING));
  return new Map(
    files.map((file) => [
      file.slice(0, -ENDING.length),
      JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Schema,
    ]),
  );
}

/** Says what is wrong with a command's output, a line each; none: it is as published. */
export type Validate = (name: string, output: unknown) => readonly string[];

/**
 * @param undocumented whether fields that no schema names are let through, as they are for users: ours all have to be named
 */
export function schemaValidator({ undocumented }: { readonly undocumented: boolean }): Validate {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  for (const schema of publishedSchemas().values()) ajv.addSchema(undocumented ? schema : closed(schema));
  return (name, output) => {
    const validate = ajv.getSchema(`${name}${ENDING}`);
    if (validate === undefined) return [`there is no schema named ${name}`];
    return validate(output) === true ? [] : (validate.errors ?? []).map(sentenceFor);
  };
}

function sentenceFor({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath === '' ? 'the whole' : instancePath} ${message ?? 'is wrong'} ${JSON.stringify(params)}`;
}

function closed(schema: Schema): Schema {
  const close = (key: string, value: unknown): unknown => (key === 'additionalProperties' ? false : value);
  return JSON.parse(JSON.stringify(schema), close) as Schema;
}
