import { mayBecome } from '../../kernel/ledger.ts';
import type { ProviderReport, ReportKind, ReportOutcome, ReportStore } from '../../sequence/reports-port.ts';
import { closeMailbox } from './close-mailbox.ts';
import { enrollmentOf, planNext } from './enrollments.ts';
import { recordEvent } from './events.ts';
import { markGoneOut } from './gone-out.ts';
import type { GoneOut } from './gone-out.ts';
import type { Ground } from './ground.ts';
import { isUnreachable } from './lead-rows.ts';
import type { LeadRecord } from './lead-rows.ts';
import type { MessageRecord } from './messages.ts';
import { keepProviderEvent } from './provider-events.ts';
import { planReminder } from './reminder.ts';
import { messages } from './schema/ledger.ts';
import { leads } from './schema/people.ts';
import { countSoftBounces, SOFT_BOUNCES_TO_STOP } from './soft-bounces.ts';

type Context = Parameters<ReportStore['applyReport']>[1];

export function providerReportActs(ground: Ground): ReportStore {
  return {
    applyReport: async (report, context) => await ground.commit(() => applyReport(ground, report, context)),
  };
}

function applyReport(ground: Ground, report: ProviderReport, context: Context): ReportOutcome {
  const message = messageOf(ground, report);
  const lead = message === undefined ? undefined : ground.rows.find(leads, leads.id, message.leadId);
  if (message === undefined || lead === undefined) return 'no_message';
  if (!keepProviderEvent(ground, report.eventId, context.at)) return 'repeated';
  const isFirstWord = advance(ground, message, report, context.at);
  // Stops do not depend on the message's own state: a complaint about one that is written off still is one.
  stopIfClosed(ground, lead, report.kind, context.at);
  if (isFirstWord) planWhatFollows(ground, message, context);
  return 'applied';
}

/** By our own tag, which is there before the provider's answer is; by the provider's id where an email carries none. */
function messageOf(ground: Ground, { messageId, providerId }: ProviderReport): MessageRecord | undefined {
  if (messageId !== null) return ground.rows.find(messages, messages.messageId, messageId);
  return providerId === null ? undefined : ground.rows.find(messages, messages.providerId, providerId);
}

/** The state that each kind leads to, if the ledger's law lets the message get there. An email that is told of was taken. */
const LEADS_TO: Readonly<Record<ReportKind, GoneOut['state']>> = {
  sent: 'submitted',
  delayed: 'submitted',
  delivered: 'delivered',
  bounced: 'bounced',
  bounced_for_now: 'bounced',
  suppressed: 'bounced',
  complained: 'complained',
  failed: 'failed',
};

/**
 * Takes the message as far forward as the report tells, and puts that on the lead's timeline. @returns whether this is the first
 * word of it that the email went out.
 */
function advance(ground: Ground, message: MessageRecord, report: ProviderReport, now: number): boolean {
  const { kind, providerId } = report;
  const { state, submittedAt } = message;
  const to = LEADS_TO[kind];
  const moves = mayBecome(state, to) && !isOfEarlierKey(message, kind);
  const isFirst = moves && submittedAt === null;
  const at = within(message.firstAttemptAt ?? message.plannedAt, report.occurredAt ?? now, now);
  if (moves)
    markGoneOut(ground, message, { state: to, at, providerId, reason: reasonFor(message, to, report) });
  if (isFirst) tell(ground, message, 'submitted', at, null);
  if (kind !== 'sent' && (moves || (kind === 'delayed' && state === to)))
    tell(ground, message, kind, Math.max(at, submittedAt ?? at), report.reason);
  return isFirst;
}

/** "Send again" was said, and that email is still to come: this report is of the one before, and must not take it away. */
function isOfEarlierKey({ keyNumber, firstAttemptAt }: MessageRecord, kind: ReportKind): boolean {
  return keyNumber > 1 && firstAttemptAt === null && (kind === 'failed' || kind === 'bounced_for_now');
}

function tell(
  ground: Ground,
  { leadId, step }: MessageRecord,
  what: ReportKind | 'submitted',
  at: number,
  reason: string | null,
): void {
  recordEvent(ground, { leadId, kind: `message.${what}`, actor: 'system', at, detail: { step, reason } });
}

/** What kept a message waiting is over once it went out; that a stop came in between stays worth knowing. */
function reasonFor(
  { state, reason }: MessageRecord,
  to: GoneOut['state'],
  report: ProviderReport,
): string | null {
  // Whatever did not go out carries its reason.
  if (to === 'failed') return report.reason ?? 'the provider did not say why';
  if (to !== 'submitted' && to !== 'delivered') return report.reason;
  return state === 'cancelled' ? 'cancelled while under way' : state === 'submitted' ? reason : null;
}

/** The provider's clock is not ours: nothing happened before the message was offered, nor later than now. */
function within(earliest: number, at: number, latest: number): number {
  return Math.min(Math.max(at, earliest), latest);
}

function stopIfClosed(ground: Ground, lead: LeadRecord, kind: ReportKind, at: number): void {
  const inARow = countSoftBounces(ground, lead.id);
  const reason = closes(kind, inARow);
  if (reason !== null) closeMailbox(ground, lead, reason, { at, place: '/webhooks/resend' });
}

function closes(kind: ReportKind, inARow: number): 'bounced' | 'complained' | null {
  switch (kind) {
    case 'complained':
      return 'complained';
    case 'bounced':
    case 'suppressed':
      return 'bounced';
    case 'bounced_for_now':
      return inARow >= SOFT_BOUNCES_TO_STOP ? 'bounced' : null;
    case 'sent':
    case 'delayed':
    case 'delivered':
    case 'failed':
      return null;
  }
}

/** For a message that nobody had written down as taken: what its sender would have planned, and may never come to plan. */
function planWhatFollows(ground: Ground, message: MessageRecord, { at, timetable, reminder }: Context): void {
  const lead = ground.rows.find(leads, leads.id, message.leadId);
  if (lead === undefined || isUnreachable(lead.status)) return;
  if (message.kind === 'delivery') planReminder(ground, message, reminder, at);
  const enrollment = message.enrollmentId === null ? undefined : enrollmentOf(ground, lead.id);
  if (enrollment !== undefined) planNext(ground, enrollment, lead, timetable, at);
}
