import { logOutTask, PASTE } from './claude-logins.ts';
import { MARKUP, TURNED } from './hostile.ts';
import { deviceTask, organisationTask, ROW, settingsWith } from './organisation-sign-ins.ts';
import { NOW, after, during } from './sign-in-pieces.ts';

const LONG = 'Anmeldeinformationsschlüsselbundverwaltungseinstellungen';
const DEEP = `~/${'clients/a-rather-long-name/'.repeat(5)}settings.json:1042`;
const ENDLESS = 'x'.repeat(1024);

export const longSignIn = during({
  ...organisationTask,
  title: 'Finish signing in to a-name-as-long-as-it-may-be-for-everyone in your browser.',
  steps: organisationTask.steps.map((one) => ({
    ...one,
    name: one.state === 'later' ? LONG : one.name,
    detail: one.detail === null ? null : { text: `${'login.'.repeat(20)}example`, isCode: false },
  })),
  paste: { ...PASTE, label: `${LONG} ${LONG}`, action: LONG },
  facts: organisationTask.facts.map((one) => ({
    ...one,
    value: one.value.kind === 'until' ? one.value : { ...one.value, text: `petra.${LONG}@${LONG}.example` },
  })),
  after: { title: LONG, rows: [after('print', LONG, 'metered', `API key from ${DEEP}`, LONG)], note: LONG },
  cancel: { ...organisationTask.cancel, label: LONG },
  footnote: `${LONG} ${LONG}`,
});
export const longLogOut = during({
  ...logOutTask,
  lists: [{ title: LONG, items: [{ key: 'one', text: `${LONG} ${LONG}`, place: DEEP }] }],
  action: LONG,
  problem: `${LONG} ${LONG}`,
  remedy: { id: 'change-1', label: `Clear ANTHROPIC_API_KEY from ${DEEP}…` },
});
export const hostileSignIn = during({
  ...deviceTask,
  title: `${TURNED}${MARKUP}`,
  lead: ENDLESS,
  steps: deviceTask.steps.map((one) => ({
    ...one,
    name: `${TURNED}${MARKUP}`,
    detail: { text: ENDLESS, isCode: true },
  })),
  device: { code: `${TURNED}${'W'.repeat(40)}`, where: `${MARKUP}${ENDLESS}` },
  paste: {
    label: MARKUP,
    placeholder: TURNED,
    action: ENDLESS,
    said: { text: `${TURNED}${MARKUP}`, isTrouble: true },
  },
  facts: [
    { key: 'one', label: TURNED, value: { kind: 'text', text: `${MARKUP}${ENDLESS}`, isCode: true } },
    { key: 'two', label: MARKUP, value: { kind: 'until', at: NOW - 1 } },
  ],
  footnote: TURNED,
});
export const hostileProviders = settingsWith(
  [
    {
      ...ROW,
      name: `${TURNED}${MARKUP}`,
      host: ENDLESS,
      from: MARKUP,
      state: TURNED,
      check: { state: 'bad', text: ENDLESS },
    },
  ],
  [`${TURNED}${MARKUP}${ENDLESS}`],
);
