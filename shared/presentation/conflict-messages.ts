import type { Conflict, RemedyName } from '../core/conflict.ts';
import type { Facts } from '../core/facts.ts';
export function conflictMessage(conflict: Conflict, _facts: Facts): string {
  return conflict.code;
}
export function remedyTitle(remedy: RemedyName, _facts: Facts): string {
  return remedy.id;
}
