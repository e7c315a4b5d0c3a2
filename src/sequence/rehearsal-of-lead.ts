import type { Content } from '../content/model.ts';
import { isOpen } from '../kernel/ledger.ts';
import type { Lead, LeadStore, MessageView } from '../leads/port.ts';
import type { EnrollmentView, Timetable } from '../leads/timetable.ts';
import type { SenderPause, SequenceStore } from './port.ts';
import { rehearseLead } from './rehearsal.ts';
import type { Rehearsal } from './rehearsal.ts';

export type RehearsalParts = {
  readonly store: Pick<LeadStore, 'findLead' | 'messagesOf'> & Pick<SequenceStore, 'senderPause'>;
  readonly content: Content;
  readonly timetable: Timetable;
  readonly now: number;
};

export type LeadRehearsal = Rehearsal & {
  readonly lead: Lead;
  /** What the times are told in spite of; null: nothing is paused. */
  readonly pause: SenderPause | null;
};

/** The calendar of one lead, from what the store knows of her. Null: there is no such lead. Changes nothing. */
export async function rehearseLeadById(
  { store, content, timetable, now }: RehearsalParts,
  leadId: string,
): Promise<LeadRehearsal | null> {
  const lead = await store.findLead(leadId);
  if (lead === null) return null;
  const [messages, pause] = await Promise.all([store.messagesOf(leadId), store.senderPause(now)]);
  const offer = lead.offer ?? content.offers[0]?.key ?? '';
  const enrollment = enrollmentFrom(lead, messages);
  return {
    ...rehearseLead({ content, timetable, lead, messages, enrollment, offer, now }),
    lead,
    pause,
  };
}

/** As the store sees it at a claim: a step that a stop cancelled before it was composed can still come. */
function enrollmentFrom(lead: Lead, messages: readonly MessageView[]): EnrollmentView | null {
  if (lead.followUp !== 'active' && lead.followUp !== 'paused') return null;
  const done = messages.filter(
    ({ kind, state, subject }) =>
      kind === 'step' && !isOpen(state) && !(state === 'cancelled' && subject === null),
  );
  const { leadId, timezone, pace } = lead;
  return { enrollmentId: '', leadId, timezone, pace, doneSteps: done.map(({ step }) => step) };
}
