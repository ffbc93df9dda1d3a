import type { State } from '../core/ladder.ts';
import type { Severity } from '../core/conflict.ts';
import type { Tone } from './text-layout.ts';

/** A shape and a word for each state; the word always stands beside the shape. */
export const STATE_MARKS: Readonly<
  Record<State, { readonly mark: string; readonly word: string; readonly tone: Tone | null }>
> = {
  wins: { mark: '●', word: 'wins', tone: 'strong' },
  'also-sent': { mark: '◐', word: 'also sent', tone: 'strong' },
  shadowed: { mark: '○', word: 'shadowed', tone: 'quiet' },
  ignored: { mark: '△', word: 'ignored', tone: 'quiet' },
  absent: { mark: '∅', word: 'not set', tone: 'quiet' },
  broken: { mark: '✕', word: 'broken', tone: 'broken' },
  unreadable: { mark: '?', word: 'not readable', tone: 'attention' },
  unknown: { mark: '?', word: 'not known', tone: 'attention' },
};

export const SEVERITY_MARKS: Readonly<
  Record<Severity, { readonly mark: string; readonly tone: Tone | null }>
> = {
  critical: { mark: '✕', tone: 'broken' },
  warning: { mark: '▲', tone: 'attention' },
  info: { mark: '·', tone: null },
};
