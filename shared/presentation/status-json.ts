import type { Expiry } from '../core/expiry.ts';
import type { Rung } from '../core/ladder.ts';
import type { Origin } from '../core/origin.ts';
import { baseUrlOf, payerOf } from '../core/rules/payer.ts';
import type { Slot, Verdict } from '../core/verdict.ts';
import type { Facts } from '../core/facts.ts';
import type { Inspection } from '../usecases/inspect.ts';
import { conflictMessage, remedyTitle } from './conflict-messages.ts';
import { notesOf } from './notes.ts';

/** Fields of this output are a contract: add, never rename. Its JSON Schema is docs/schema/status.schema.json. */
export const SCHEMA_VERSION = 1;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** `credence status --json`. */
export function statusJson(inspection: Inspection): Json {
  const { facts, verdict } = inspection;
  const baseUrl = baseUrlOf(facts, verdict.provider);
  return {
    schemaVersion: SCHEMA_VERSION,
    context: contextJson(inspection),
    ...verdictJson(verdict),
    pays: inspection.pays,
    baseUrl:
      baseUrl === null
        ? null
        : { value: baseUrl.entry.text ?? null, origin: originJson(baseUrl.entry.origin) },
    ladder: inspection.ladder.map(rungJson),
    conflicts: inspection.conflicts.map((conflict) => ({
      code: conflict.code,
      severity: conflict.severity,
      modes: [...conflict.modes],
      message: conflictMessage(conflict, facts),
      remedies: conflict.remedies.map((remedy) => ({ id: remedy.id, title: remedyTitle(remedy, facts) })),
    })),
    expiry: inspection.expiry.map(expiryJson),
    account: accountJson(facts),
    fingerprints: facts.fingerprintKey,
    notes: notesOf(inspection).map(({ code, message }) => ({ code, message })),
    after:
      verdict.after === null
        ? null
        : { yes: branchJson(verdict.after.yes, facts), no: branchJson(verdict.after.no, facts) },
  };
}

/** What the question was asked for. */
export function contextJson({ facts, context }: Pick<Inspection, 'facts' | 'context'>): Json {
  return {
    mode: context.mode,
    folder: facts.place.folder,
    surface: facts.place.surface,
    claudeCode: { ...context.claudeCode },
  };
}

/** A verdict with who pays and what follows: the same fields as the whole, without what does not depend on an answer. */
export function branchJson(verdict: Verdict, facts: Facts): { readonly [key: string]: Json } {
  return {
    ...verdictJson(verdict),
    pays: payerOf(facts, verdict),
    after:
      verdict.after === null
        ? null
        : { yes: branchJson(verdict.after.yes, facts), no: branchJson(verdict.after.no, facts) },
  };
}

/** The fields of a verdict, shared by every command that prints one. */
export function verdictJson(verdict: Verdict): { readonly [key: string]: Json } {
  return {
    provider: verdict.provider,
    outcome: verdict.outcome,
    asks: verdict.asks,
    refuses: verdict.refuses,
    unknown: verdict.unknown,
    sends:
      verdict.outcome === 'sends'
        ? { authorization: slotJson(verdict.authorization), xApiKey: slotJson(verdict.xApiKey) }
        : null,
  };
}

function slotJson(slot: Slot | null): Json {
  if (slot === null) return null;
  return {
    source: slot.source,
    origin: originJson(slot.reading.origin),
    fingerprint: slot.helper === 'not-run' ? null : slot.reading.fingerprint,
    certainty: slot.certainty,
    rule: slot.rule,
    ...(slot.helper === null ? {} : { helper: slot.helper }),
    ...(slot.broken ? { broken: true } : {}),
  };
}

/** An origin as it is; every field of it may be shown. */
export function originJson(origin: Origin): Json {
  return { ...origin };
}

function rungJson(rung: Rung): Json {
  return {
    source: rung.source,
    rank: rung.rank,
    state: rung.state,
    reason: { ...rung.reason },
    readings: rung.readings.map(({ reading, state, reason }) => ({
      origin: originJson(reading.origin),
      fingerprint: reading.fingerprint,
      state,
      reason: { ...reason },
      ...(reading.likelyFrom === undefined
        ? {}
        : { likelyFrom: reading.likelyFrom.map((place) => ({ ...place })) }),
    })),
  };
}

function expiryJson(expiry: Expiry): Json {
  return {
    source: expiry.source,
    kind: expiry.kind,
    earliest: timeJson(expiry.earliest),
    at: timeJson(expiry.at),
    certainty: expiry.certainty,
    state: expiry.state,
  };
}

/** ISO 8601 in UTC, to the second; `null` also for a year that it cannot write in four digits, which no clock means. */
export function timeJson(time: number | null): string | null {
  if (time === null || !Number.isFinite(time) || Math.abs(time) > 8.64e15) return null;
  const text = new Date(time).toISOString();
  return /^\d{4}-/.test(text) ? text.replace(/\.\d{3}Z$/, 'Z') : null;
}

function accountJson({ claudeJson }: Facts): Json {
  const { account } = claudeJson;
  return account === null
    ? null
    : {
        email: account.email,
        organisationId: account.organisationId,
        organisationName: account.organisationName,
      };
}
