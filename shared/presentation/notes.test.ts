import { describe, expect, test } from 'vitest';
import type { Facts } from '../core/facts.ts';
import { inspect, type Inspection } from '../usecases/inspect.ts';
import { HELPER, inspectGiven, type Given } from '../testing/given.ts';
import { notesOf, type NoteCode } from './notes.ts';

const told = (inspection: Inspection): readonly (readonly [NoteCode, string])[] =>
  notesOf(inspection).map(({ code, message }) => [code, message]);

async function toldWith(
  given: Given,
  change: (facts: Facts) => Partial<Facts>,
): Promise<ReturnType<typeof told>> {
  const { facts, context } = await inspectGiven(given);
  return told(inspect({ ...facts, ...change(facts) }, context));
}

test('A plain answer needs no notes.', async () => {
  expect(told(await inspectGiven({ login: true }))).toEqual([]);
  expect(told(await inspectGiven({ mode: 'interactive', trusted: false, login: true }))).toEqual([]);
});

describe('What is worth knowing is told:', () => {
  test('the home folder asks each time', async () => {
    expect(told(await inspectGiven({ mode: 'interactive', trusted: false, login: true, cwd: '~' }))).toEqual([
      ['home-folder-asks', 'Claude Code never keeps trust for the home folder, so it asks here each time.'],
    ]);
  });

  test('but not where an entry for it was written by hand', async () => {
    expect(told(await inspectGiven({ mode: 'interactive', trusted: true, login: true, cwd: '~' }))).toEqual(
      [],
    );
  });

  test('an entry of an unknown kind may be a gateway session', async () => {
    const files = { '~/.claude/.credentials.json': { somethingNew: { token: 'made-up' } } };
    expect(told(await inspectGiven({ files }))).toEqual([
      [
        'gateway-session-possible',
        'The login store has an entry of a kind that is not known; if it is a gateway session, that is used before everything else.',
      ],
    ]);
  });

  test('one of two configuration files is not used', async () => {
    const files = { '~/.claude.json': {}, '~/.claude/.config.json': {} };
    expect(told(await inspectGiven({ login: true, files }))).toEqual([
      ['two-config-files', 'Claude Code uses ~/.claude/.config.json and takes no notice of ~/.claude.json.'],
    ]);
  });

  test('a helper was not run', async () => {
    const said = await toldWith({ helper: HELPER }, ({ helpers }) => ({
      helpers: helpers.map((helper) => ({ ...helper, run: null })),
    }));
    expect(said).toEqual([
      ['helper-not-run', 'The API key helper was not run; --run-helper runs it once, as Claude Code would.'],
    ]);
  });

  test('no version was found', async () => {
    const { facts } = await inspectGiven({ login: true });
    expect(
      told(inspect(facts, { mode: 'print', claudeCode: { version: '2.1.328', from: 'assumed' } })),
    ).toEqual([
      [
        'version-assumed',
        'The installed version of Claude Code could not be told, so the answer is for 2.1.328.',
      ],
    ]);
  });

  test('a container is not its host, for what starts Claude Code there', async () => {
    const inside =
      (surface: Facts['place']['surface']) =>
      ({ place }: Facts): Partial<Facts> => ({ place: { ...place, insideContainer: true, surface } });
    expect(await toldWith({ login: true }, inside('scheduled'))).toEqual([
      [
        'container-inside',
        'This runs inside a container, so the answer is for the container and not for its host.',
      ],
    ]);
    expect(await toldWith({ login: true }, inside('container'))).toEqual([]);
    expect(await toldWith({ login: true }, inside('terminal'))).toEqual([]);
  });

  test('the desktop app has a login of its own', async () => {
    const desktop = ({ place }: Facts): Partial<Facts> => ({ place: { ...place, surface: 'desktop' } });
    expect(await toldWith({ login: true }, desktop)).toEqual([
      [
        'desktop-app-reads-none',
        'The Claude Desktop app reads none of these variables, nor the helper; it has a login of its own.',
      ],
    ]);
  });

  test.each([
    ['process', /^VS Code is taken to have this terminal’s variables/],
    ['systemd', /^VS Code is taken to be started from the desktop/],
    ['vscode', /^VS Code has the variables of whatever starts it/],
  ] as const)('an editor with a variable from %s', async (kind, message) => {
    const said = await toldWith(
      { shell: { ANTHROPIC_BASE_URL: 'https://llm.example' } },
      ({ place, layers }) => ({
        place: { ...place, surface: 'vscode' },
        layers: layers.map((layer) => ({
          ...layer,
          entries: Object.fromEntries(
            Object.entries(layer.entries).map(([name, entry]) => [
              name,
              { ...entry, origin: { kind, name } },
            ]),
          ),
        })),
      }),
    );
    expect(said.map(([code]) => code)).toEqual(['vscode-assumed']);
    expect(said[0]?.[1]).toMatch(message);
  });

  test('there is no home', async () => {
    const said = await toldWith({}, ({ place }) => ({ place: { ...place, home: null } }));
    expect(said).toEqual([
      ['no-home', 'No home folder is known, so the files of a home folder were looked for in this folder.'],
    ]);
  });

  test('word pairs of this run stand alone', async () => {
    expect(await toldWith({ login: true }, () => ({ fingerprintKey: 'this-run' }))).toEqual([
      [
        'fingerprints-this-run',
        'The key for fingerprints could not be kept, so word pairs cannot be compared with those of another run.',
      ],
    ]);
  });

  test.each(['timed-out', 'not-started', 'no-answer'] as const)(
    'a login shell that gave no answer: %s',
    async (shell) => {
      const said = await toldWith({ login: true }, () => ({ shell }));
      expect(said.map(([code]) => code)).toEqual(['shell-no-answer']);
    },
  );
});
