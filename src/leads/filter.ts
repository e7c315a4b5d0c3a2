import { LEAD_STATUSES } from '../kernel/words.ts';
import type { LeadFilter } from './port.ts';

export type FilterInput = Readonly<
  Partial<Record<'q' | 'status' | 'offer' | 'source' | 'from' | 'to', string>>
>;
export type FilterOutcome =
  | { readonly ok: true; readonly filter: LeadFilter }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Checks a filter as typed on the desk or a command line; empty parts count as not given. */
export function parseFilter(input: FilterInput): FilterOutcome {
  const problems: string[] = [];
  const given = (name: keyof FilterInput) => input[name]?.trim() || undefined;
  const status = LEAD_STATUSES.find((known) => known === given('status'));
  if (given('status') !== undefined && status === undefined) {
    problems.push(`“${given('status')}” is no status. Write one of: ${LEAD_STATUSES.join(', ')}.`);
  }
  for (const name of ['from', 'to'] as const) {
    const day = given(name);
    if (day !== undefined && !isDay(day)) problems.push(`“${day}” is no day. Write it as 2026-11-23.`);
  }
  const [q, offer, source, from, to] = (['q', 'offer', 'source', 'from', 'to'] as const).map(given);
  if (problems.length === 0 && from !== undefined && to !== undefined && from > to) {
    problems.push(`The first day (${from}) is after the last (${to}). Change one of them.`);
  }
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    filter: {
      ...(q === undefined ? {} : { q }),
      ...(status === undefined ? {} : { status }),
      ...(offer === undefined ? {} : { offer }),
      ...(source === undefined ? {} : { source }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
  };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}
