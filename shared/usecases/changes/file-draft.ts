import { changedSpan } from '../../core/remedies/changed-span.ts';
import { maskedDiff } from '../../core/remedies/masked-diff.ts';
import type { FileStep, LeftPlace } from '../../core/remedies/plan.ts';
import { textOfBytes } from '../../core/remedies/byte-text.ts';
import { applySpans, type Bytes, type EditResult } from '../../core/remedies/text-edit.ts';
import type { FileLook } from '../../ports/file-writer.ts';
import type { FingerprintOf } from '../../core/secret.ts';
import type { ChangeablePlace } from './changeable-places.ts';
import type { RecordedStep, StepContent } from './recorded-step.ts';

/** A step with what it is made of. The content is secret. */
export interface DraftStep<Step> {
  readonly step: Step;
  readonly recorded: RecordedStep;
  readonly content: StepContent;
}

/** One file on its way from what it is to what it shall be; several edits may follow each other. */
export interface FileDraft {
  readonly place: ChangeablePlace;
  readonly look: Exclude<FileLook, { state: 'refused' }>;
  readonly before: Bytes | null;
  readonly after: Bytes;
  readonly action: FileStep['action'] | null;
  readonly lines: FileStep['lines'];
  readonly secrets: readonly Bytes[];
  readonly left: readonly LeftPlace[];
}

export function startDraft(place: ChangeablePlace, look: FileDraft['look']): FileDraft {
  const before = look.state === 'file' ? look.bytes : null;
  return { place, look, before, after: before ?? '', action: null, lines: [], secrets: [], left: [] };
}

/** The draft after one more edit. */
export function edited(
  draft: FileDraft,
  result: EditResult,
  action: FileStep['action'] | null,
  fingerprintOf: FingerprintOf,
): FileDraft {
  const { place } = draft;
  const left = result.left.map(({ name, line, why }): LeftPlace => ({
    path: place.path,
    place: place.kind,
    name,
    line,
    why,
  }));
  const lines = result.done.map(({ name, line, value }) => {
    const text = value === null ? '' : textOfBytes(value).trim();
    return { name, line, fingerprint: text === '' ? null : fingerprintOf(text) };
  });
  return {
    ...draft,
    after: applySpans(draft.after, result.spans),
    action: action ?? draft.action ?? result.done[0]?.action ?? null,
    lines: [...draft.lines, ...lines],
    secrets: [...draft.secrets, ...result.done.flatMap(({ value }) => (value === null ? [] : [value]))],
    left: [...draft.left, ...left],
  };
}

/**
 * The step that makes a file what the draft says; `null` when it is that already.
 *
 * @param own what Credence itself writes, so that it is shown
 */
export function fileStep(
  draft: FileDraft,
  digestOf: (bytes: Bytes) => string,
  isTracked: (path: string) => boolean,
  own: readonly string[],
): DraftStep<FileStep> | null {
  const { place, look, before, after, action, lines, secrets } = draft;
  if (after === (before ?? '') || action === null) return null;
  const step: FileStep = {
    kind: 'file',
    place: place.kind,
    path: place.path,
    realPath: look.state === 'file' ? look.realPath : place.path,
    scope: place.scope,
    action: before === null ? 'made' : action,
    lines,
    diff: maskedDiff(before ?? '', after, [changedSpan(before ?? '', after)], secrets, own),
    tracked: isTracked(place.path),
  };
  const recorded: RecordedStep = {
    kind: 'file',
    path: place.path,
    place: place.kind,
    before: look.state === 'file' ? look.digest : null,
    after: digestOf(after),
    locked: place.kind === 'claude-json',
  };
  return { step, recorded, content: { before, after } };
}
