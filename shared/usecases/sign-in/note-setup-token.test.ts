import { describe, expect, test } from 'vitest';
import type { Fingerprint } from '../../core/secret.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { worldOf, type Given, OAUTH } from '../../testing/given.ts';
import { memoryNotes } from '../../testing/memory-notes.ts';
import { worldPorts } from '../../testing/worlds.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import { parseClaudeNote } from './claude-note.ts';
import { noteSetupToken, setupTokenHere } from './note-setup-token.ts';

const DAY = 24 * 3_600_000;
const TODAY = SOME_NOON - (SOME_NOON % DAY);
const NEW = { CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-NEW' };

async function here(given: Given): Promise<Fingerprint | null> {
  const { ports, request } = worldPorts(worldOf(given));
  return setupTokenHere(await gatherFacts(ports, request));
}

async function note(given: Given, before: Fingerprint | null, canKeep = true) {
  const { ports, request } = worldPorts(worldOf(given));
  const notes = memoryNotes({ claude: '{"schemaVersion":1,"program":"/opt/claude"}' }, canKeep);
  const noted = await noteSetupToken({ ...ports, notes }, request, TODAY, before);
  return { noted, kept: parseClaudeNote(notes.read('claude')), text: notes.texts.claude ?? '' };
}

describe('The day of a setup token', () => {
  test('where none is set here is that of whichever will be.', async () => {
    const { noted, kept } = await note({}, null);
    expect(noted).toMatchObject({ ok: true, token: 'any', clock: null });
    expect(kept).toEqual({ program: '/opt/claude', setupTokenMadeAt: TODAY });
  });

  test.each<[string, Given]>([
    ['the shell', { shell: OAUTH }],
    ['the settings', { user: OAUTH }],
  ])('is that of the one that %s sets, where nothing was set before.', async (_, given) => {
    const { noted, kept, text } = await note(given, null);
    expect(noted).toMatchObject({ ok: true, token: 'this', clock: { kind: 'setup-token', state: 'fine' } });
    expect(kept.setupToken).toBe(await here(given));
    expect(text).not.toContain('oat01');
  });

  test('is not that of the one that was set before the new one was made, while that is still set.', async () => {
    const before = await here({ shell: OAUTH });
    const { noted, kept } = await note({ shell: OAUTH }, before);
    expect(noted).toMatchObject({ ok: true, token: 'next', clock: null });
    expect([kept.setupTokenBefore, kept.setupToken]).toEqual([before, undefined]);
  });

  test('is that of the new one, where that has taken its place already.', async () => {
    const { noted, kept } = await note({ shell: NEW }, await here({ shell: OAUTH }));
    expect(noted).toMatchObject({ ok: true, token: 'this' });
    expect([kept.setupToken, kept.setupTokenBefore]).toEqual([await here({ shell: NEW }), undefined]);
  });

  test('that cannot be written is told, and is not taken for kept.', async () => {
    const { noted, kept } = await note({}, null, false);
    expect([noted, kept.setupTokenMadeAt]).toEqual([{ ok: false }, null]);
  });
});
