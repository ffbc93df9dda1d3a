import { isJsonObject } from '../json-value.ts';
import { members, recordOf, text, url, type Form } from './form.ts';

const SOURCES: Readonly<Record<string, Form>> = {
  github: members({ repo: text }, { ref: text, path: text }),
  git: members({ url: text }),
  url: members({ url }, { headers: recordOf(text) }),
  npm: members({ package: text }),
  file: members({ path: text }),
  directory: members({ path: text }),
  hostPattern: members({ hostPattern: text }),
  pathPattern: members({ pathPattern: text }),
};

/** Where plugins come from. */
export const marketplaceSource: Form = (value, edition) => {
  const source = isJsonObject(value) ? value['source'] : undefined;
  return (
    typeof source === 'string' && Object.hasOwn(SOURCES, source) && SOURCES[source]?.(value, edition) === true
  );
};
