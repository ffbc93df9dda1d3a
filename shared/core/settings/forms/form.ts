import { isJsonObject, type JsonValue } from '../json-value.ts';

/** Which forms count: some came, went or changed with a version. */
export interface FormEdition {
  /** Members that came after 2.1.73, by 2.1.196. */
  readonly later: boolean;
  /** What changed after 2.1.196, by 2.1.328. */
  readonly today: boolean;
}

/** Whether a value has the form that Claude Code takes; pure. */
export type Form = (value: JsonValue, edition: FormEdition) => boolean;

export const anything: Form = () => true;
export const text: Form = (value) => typeof value === 'string';
export const someText: Form = (value) => typeof value === 'string' && value !== '';
export const yesOrNo: Form = (value) => typeof value === 'boolean';
export const object: Form = isJsonObject;
export const list: Form = Array.isArray;

/** Text that is one of the words. */
export const word =
  (...words: readonly string[]): Form =>
  (value) =>
    typeof value === 'string' && words.includes(value);

/** A URL of whatever scheme. */
export const url: Form = (value) =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(value.trim());

export const number =
  (fits: (value: number) => boolean = () => true): Form =>
  (value) =>
    typeof value === 'number' && fits(value);
/** A whole number that is not too large to be counted with. */
export const whole = (least: number): Form =>
  number((value) => Number.isSafeInteger(value) && value >= least);

export const either =
  (...forms: readonly Form[]): Form =>
  (value, edition) =>
    forms.some((form) => form(value, edition));

export const listOf =
  (form: Form): Form =>
  (value, edition) =>
    Array.isArray(value) && value.every((item: JsonValue) => form(item, edition));
export const texts = listOf(text);

/** An object with names of one's own, all of one form. */
export const recordOf =
  (form: Form): Form =>
  (value, edition) =>
    isJsonObject(value) && Object.values(value).every((item) => form(item ?? null, edition));

type Members = Readonly<Record<string, Form>>;

/** An object with these members; others are passed over. */
export const members =
  (required: Members, optional: Members = {}): Form =>
  (value, edition) =>
    isJsonObject(value) &&
    Object.entries(required).every(([name, form]) => {
      const member = value[name];
      return member !== undefined && form(member, edition);
    }) &&
    Object.entries(optional).every(([name, form]) => {
      const member = value[name];
      return member === undefined || form(member, edition);
    });
export const optional = (forms: Members): Form => members({}, forms);

/** Members that came with an edition: before, any value passed. */
export const later =
  (form: Form): Form =>
  (value, edition) =>
    !edition.later || form(value, edition);
export const today =
  (form: Form): Form =>
  (value, edition) =>
    !edition.today || form(value, edition);
/** One form today, another one before. */
export const changed =
  (before: Form, now: Form): Form =>
  (value, edition) =>
    (edition.today ? now : before)(value, edition);

/** Today `null` passes as well. */
export const orNull =
  (form: Form): Form =>
  (value, edition) =>
    (value === null && edition.today) || form(value, edition);
