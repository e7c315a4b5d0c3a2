import { DAY, HOUR } from '../kernel/clock.ts';
import type { Lead, MessageView } from '../leads/port.ts';
import type { EnrollmentView, Timetable } from '../leads/timetable.ts';
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
  const { content, timetable, from, timezone, firstName = '', offer } = plan;
  const scene = sceneFor(content, timezone, firstName, offer ?? content.offers[0]?.key ?? '');
  const newcomer = { enrollmentId: '', leadId: '', timezone, pace: 'normal', doneSteps: [] } as const;
  return {
    timeZone: scene.timeZone,
    emails: [
      lineAhead(scene, 'delivery', 'planned', from),
      lineAhead(scene, 'reminder', 'planned', from + DAY, 'only if the button was not pressed by then'),
      ...stepsFrom(scene, timetable, newcomer, from, null),
    ],
  };
}

/**
 * What a real lead has had and will get: everything in the ledger with what became of it, then the steps to come. The message
 * that is planned keeps its own time, and the later steps follow from it.
 */
export function rehearseLead(plan: {
  readonly content: RehearsalContent;
  readonly timetable: Timetable;
  readonly lead: Lead;
  /** Everything that was planned for the lead so far. */
  readonly messages: readonly MessageView[];
  /** Null: she has not begun the sequence. */
  readonly enrollment: EnrollmentView | null;
  /** Key of what she asked for. */
  readonly offer: string;
  readonly now: number;
}): Rehearsal {
  const { content, lead, messages, enrollment } = plan;
  const scene = sceneFor(content, lead.timezone, lead.firstName, plan.offer);
  const planned = messages.find((message) => message.kind === 'step' && isOpen(message)) ?? null;
  const ledger = messages.filter((message) => message !== planned);
  const lines = ledger.map((message) => lineOfMessage(scene, message));
  const told = new Set([...ledger.map(({ step }) => step), ...(enrollment?.doneSteps ?? [])]);
  const reason = whyNoMore(lead, enrollment);
  if (reason !== null || enrollment === null) {
    const untold = content.sequence.filter(({ key }) => !told.has(key));
    const skipped = untold.map(({ key }) => lineAhead(scene, key, 'skipped', null, reason));
    return { timeZone: scene.timeZone, emails: [...lines, ...skipped] };
  }
  const from = Math.max(plan.now, lead.pausedUntil ?? 0);
  const ahead = stepsFrom(scene, plan.timetable, enrollment, from, planned);
  return { timeZone: scene.timeZone, emails: [...lines, ...ahead] };
}

/** The steps that are not done, each reckoned from the one before as if that had been sent on time. */
function stepsFrom(
  scene: Scene,
  timetable: Timetable,
  enrollment: EnrollmentView,
  from: number,
  planned: { readonly step: string; readonly dueAt: number } | null,
): RehearsedEmail[] {
  const lines: RehearsedEmail[] = [];
  let view = enrollment;
  let at = from;
  for (let next = planned ?? timetable.next(view, at); next !== null; next = timetable.next(view, at)) {
    const { step, dueAt } = next;
    // The sender keeps 20 hours between two emails of the sequence, whatever the content says.
    at = Math.max(dueAt, lines.length === 0 ? from : timetable.notBefore(view, step, at + 20 * HOUR));
    lines.push(lineAhead(scene, step, 'planned', at));
    view = { ...view, doneSteps: [...view.doneSteps, step] };
  }
  return lines;
}

function isOpen({ state }: MessageView): boolean {
  return state === 'planned' || state === 'claimed';
}

function whyNoMore(lead: Lead, enrollment: EnrollmentView | null): string | null {
  if (lead.followUp === 'finished') return 'the sequence is finished';
  if (lead.exitReason !== null) return `stopped: ${lead.exitReason.replaceAll('_', ' ')}`;
  if (lead.followUp === 'stopped') return 'the follow-up is stopped';
  if (lead.status === 'unconfirmed') return 'the address is not confirmed yet';
  if (lead.status !== 'confirmed') return `the address is ${lead.status}`;
  return enrollment === null ? 'no follow-up emails were asked for' : null;
}
