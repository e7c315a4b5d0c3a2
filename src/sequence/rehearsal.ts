import { contentFor, contentOf, isSpoken } from '../content/languages.ts';
import { DOUBT_CLOSES_AFTER, isOpen, REMINDER_AFTER, WENT_OUT } from '../kernel/ledger.ts';
import type { Lead, MessageView } from '../leads/port.ts';
import type { EnrollmentView, Timetable } from '../leads/timetable.ts';
import { notSpoken } from '../mail/not-spoken.ts';
import { foresee } from './forecast.ts';
import type { Foreseen, Place } from './forecast.ts';
import { lineAhead, lineOfMessage, sceneFor } from './rehearsal-lines.ts';
import type { RehearsalContent, RehearsedEmail, Scene } from './rehearsal-lines.ts';

export type Rehearsal = { readonly timeZone: string; readonly emails: readonly RehearsedEmail[] };

/**
 * What somebody gets who asks for an offer at `from` (UTC milliseconds), ticks the box and presses the button at once.
 * @param plan.timezone IANA, as the browser would tell it; null or unknown: the site's.
 * @param plan.offer key; without it the first offer.
 */
export function rehearse(plan: {
  readonly content: RehearsalContent;
  readonly timetable: Timetable;
  readonly from: number;
  readonly timezone: string | null;
  readonly firstName?: string;
  readonly offer?: string;
}): Rehearsal {
  const { timetable, from, timezone, firstName = '' } = plan;
  const offer = plan.offer ?? plan.content.offers[0]?.key ?? '';
  const scene = sceneFor(contentFor(plan.content, offer), timezone, firstName, offer);
  const newcomer = { enrollmentId: '', leadId: '', timezone, pace: 'normal', doneSteps: [] } as const;
  const place: Place = {
    enrollment: newcomer,
    planned: null,
    from,
    lastSentAt: null,
    pausedUntil: null,
    notBefore: from,
  };
  return {
    timeZone: scene.timeZone,
    emails: [
      lineAhead(scene, 'delivery', 'planned', from),
      lineAhead(
        scene,
        'reminder',
        'planned',
        from + REMINDER_AFTER,
        'only if the button was not pressed by then',
      ),
      ...linesAhead(scene, timetable, place),
    ],
  };
}

/**
 * What a real lead has had and will get: everything in the ledger with what became of it, then the steps to come, by the rules of
 * the sender as if it ran from `now` on without a pause.
 */
export function rehearseLead(plan: {
  readonly content: RehearsalContent;
  readonly timetable: Timetable;
  readonly lead: Lead;
  /** Everything that was planned for the lead so far. */
  readonly messages: readonly MessageView[];
  /** Null: she has not begun the sequence, or it has ended. */
  readonly enrollment: EnrollmentView | null;
  /** Key of what she asked for. */
  readonly offer: string;
  readonly now: number;
}): Rehearsal {
  const { timetable, lead, messages, enrollment, now } = plan;
  const { language } = lead;
  const content = contentOf(plan.content, { offer: plan.offer, language });
  const scene = sceneFor(content, lead.timezone, lead.firstName, plan.offer, lead.leadId);
  const planned = messages.find(({ kind, state }) => kind === 'step' && isOpen(state)) ?? null;
  const reason = whyNoMore(lead, enrollment);
  const isUnderWay = reason === null && enrollment !== null;
  const ledger = isUnderWay ? messages.filter((message) => message !== planned) : messages;
  const lines = ledger.map((message) => lineOfMessage(scene, message));
  if (isUnderWay) {
    const place = placeOf({ messages, enrollment, planned, pausedUntil: lead.pausedUntil, now });
    const ahead = linesAhead(scene, timetable, place);
    const emails = isSpoken(content, language) ? ahead : ahead.map((line) => unsaid(line, planned, language));
    return { timeZone: scene.timeZone, emails: [...lines, ...emails] };
  }
  const told = new Set([...ledger.map(({ step }) => step), ...(enrollment?.doneSteps ?? [])]);
  const untold = content.sequence.filter(({ key }) => !told.has(key));
  const skipped = untold.map(({ key }) => lineAhead(scene, key, 'skipped', null, reason));
  return { timeZone: scene.timeZone, emails: [...lines, ...skipped] };
}

/** A step in a language that is gone is skipped on its day; one that was written at an earlier try goes out as it was. */
function unsaid(line: RehearsedEmail, planned: MessageView | null, language: string | null): RehearsedEmail {
  const isWritten = planned?.step === line.step && planned.subject !== null;
  return isWritten || line.state !== 'planned'
    ? line
    : { ...line, state: 'skipped', note: notSpoken(language), posts: null };
}

function placeOf(known: {
  readonly messages: readonly MessageView[];
  readonly enrollment: EnrollmentView;
  readonly planned: MessageView | null;
  readonly pausedUntil: number | null;
  readonly now: number;
}): Place {
  const { messages, enrollment, planned, pausedUntil, now } = known;
  const steps = messages.filter(({ kind }) => kind === 'step');
  const ended = steps.flatMap(({ state, endedAt }) =>
    endedAt !== null && (WENT_OUT.includes(state) || state === 'in_doubt') ? [endedAt] : [],
  );
  const last = steps.at(-1);
  // As long as one is in doubt nothing is planned after it: for a day the provider or the coach may settle it.
  const doubtEnds =
    last?.state === 'in_doubt' && last.endedAt !== null ? last.endedAt + DOUBT_CLOSES_AFTER : 0;
  return {
    enrollment,
    planned,
    from: last?.endedAt ?? now,
    lastSentAt: ended.length === 0 ? null : Math.max(...ended),
    pausedUntil,
    notBefore: Math.max(now, planned === null ? doubtEnds : 0),
  };
}

function linesAhead(scene: Scene, timetable: Timetable, place: Place): readonly RehearsedEmail[] {
  const foreseen = foresee(timetable, place);
  const lines = foreseen.map((one) => lineForeseen(scene, one));
  const last = foreseen.at(-1);
  if (last?.kind !== 'stale') return lines;
  const done = [...place.enrollment.doneSteps, ...foreseen.map(({ step }) => step)];
  const rest = scene.content.sequence.filter(({ key }) => !done.includes(key));
  return [...lines, ...rest.map(({ key }) => lineAhead(scene, key, 'skipped', null, 'stopped: stale'))];
}

function lineForeseen(scene: Scene, one: Foreseen): RehearsedEmail {
  switch (one.kind) {
    case 'sent':
      return lineAhead(scene, one.step, 'planned', one.at, one.note);
    case 'skipped':
      return lineAhead(scene, one.step, 'skipped', one.at, one.reason);
    case 'stale': {
      const note = `${one.days} days behind: the sequence is stopped as stale`;
      return lineAhead(scene, one.step, 'skipped', one.at, note);
    }
  }
}

function whyNoMore(lead: Lead, enrollment: EnrollmentView | null): string | null {
  if (lead.demo) return 'a made-up lead';
  if (lead.followUp === 'finished') return 'the sequence is finished';
  if (lead.exitReason !== null) return `stopped: ${lead.exitReason.replaceAll('_', ' ')}`;
  if (lead.followUp === 'stopped') return 'the follow-up is stopped';
  if (lead.status === 'unconfirmed') return 'the address is not confirmed yet';
  if (lead.status !== 'confirmed') return `the address is ${lead.status}`;
  return enrollment === null ? 'no follow-up emails were asked for' : null;
}
