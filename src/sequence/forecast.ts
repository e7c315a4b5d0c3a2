import { SEQUENCE_GAP } from '../kernel/ledger.ts';
import type { EnrollmentView, Timetable } from '../leads/timetable.ts';

/** What the sender will do with one step, if it runs all the time. Instants are UTC milliseconds. */
export type Foreseen =
  /** `note`: why it goes later than it was planned for; null when it does not. */
  | { readonly kind: 'sent'; readonly step: string; readonly at: number; readonly note: string | null }
  | { readonly kind: 'skipped'; readonly step: string; readonly at: number; readonly reason: string }
  /** The sequence ends here. */
  | { readonly kind: 'stale'; readonly step: string; readonly at: number; readonly days: number };

/** A lead's place in the sequence. */
export type Place = {
  readonly enrollment: EnrollmentView;
  /** The step that waits in the ledger. */
  readonly planned: { readonly step: string; readonly dueAt: number } | null;
  /** When the next one is reckoned from, where none waits. */
  readonly from: number;
  /** When the last email of the sequence went out, or may have. */
  readonly lastSentAt: number | null;
  readonly pausedUntil: number | null;
  /** Nothing goes out before this instant: now, or the end of a doubt. */
  readonly notBefore: number;
};

/** All steps to come, by the rules that the sender keeps: the same timetable judges here and at the claim. */
export function foresee(timetable: Timetable, place: Place): readonly Foreseen[] {
  const foreseen: Foreseen[] = [];
  let view = place.enrollment;
  let lastSentAt = place.lastSentAt;
  let now = place.notBefore;
  let next = place.planned ?? planNext(timetable, view, place.from, place.pausedUntil);
  while (next !== null) {
    const one = claim(timetable, view, next, { now, lastSentAt, pausedUntil: place.pausedUntil });
    foreseen.push(one);
    if (one.kind === 'stale') return foreseen;
    if (one.kind === 'sent') lastSentAt = one.at;
    now = one.at;
    view = { ...view, doneSteps: [...view.doneSteps, one.step] };
    next = planNext(timetable, view, now, place.pausedUntil);
  }
  return foreseen;
}

type Planned = { readonly step: string; readonly dueAt: number };

function planNext(
  timetable: Timetable,
  view: EnrollmentView,
  from: number,
  pausedUntil: number | null,
): Planned | null {
  const next = timetable.next(view, from);
  if (next === null || pausedUntil === null || next.dueAt >= pausedUntil) return next;
  return { step: next.step, dueAt: timetable.notBefore(view, next.step, pausedUntil) };
}

/** As often as the sender would look at it until something becomes of it; each look but the last moves it on. */
function claim(
  timetable: Timetable,
  view: EnrollmentView,
  { step, dueAt }: Planned,
  world: { readonly now: number; readonly lastSentAt: number | null; readonly pausedUntil: number | null },
): Foreseen {
  let due = dueAt;
  let at = Math.max(dueAt, world.now);
  let note: string | null = null;
  for (;;) {
    const barred = barredUntil(at, world);
    if (barred !== null) {
      note = barred.note;
      due = timetable.notBefore(view, step, barred.until);
      at = due;
      continue;
    }
    const verdict = timetable.judge(view, step, due, at);
    switch (verdict.kind) {
      case 'go':
        return { kind: 'sent', step, at, note };
      case 'skip':
        return { kind: 'skipped', step, at, reason: verdict.reason };
      case 'stale':
        return { kind: 'stale', step, at, days: verdict.days };
      case 'wait':
        note = 'late: it waits for a good hour';
        at = verdict.until;
    }
  }
}

function barredUntil(
  at: number,
  { lastSentAt, pausedUntil }: { readonly lastSentAt: number | null; readonly pausedUntil: number | null },
): { readonly until: number; readonly note: string } | null {
  if (pausedUntil !== null && pausedUntil > at) return { until: pausedUntil, note: 'after the pause' };
  if (lastSentAt !== null && lastSentAt + SEQUENCE_GAP > at) {
    return { until: lastSentAt + SEQUENCE_GAP, note: '20 hours after the email before' };
  }
  return null;
}
