import type { Claim, SequenceStore } from '../../sequence/port.ts';
import { catchUp, nextCatchUpAt } from './catch-up.ts';
import { enrollmentOf, planNext, stopEnrollment, viewOf } from './enrollments.ts';
import type { EnrollmentRecord } from './enrollments.ts';
import { checkBeforeSending } from './claim-checks.ts';
import type { Finding } from './claim-checks.ts';
import { recordEvent } from './events.ts';
import { askedBy } from './find-lead.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';
import { changeState, PRIORITIES } from './messages.ts';
import type { MessageRecord } from './messages.ts';
import { readingOf } from './reading.ts';
import { messages } from './schema/ledger.ts';
import { leads, signups } from './schema/people.ts';
import { senderPause } from './pauses.ts';
import { noteStop } from './stops.ts';
import { doubtOf, mayHaveGone } from './offers.ts';

type ClaimRequest = Parameters<SequenceStore['claimNextDue']>[0];

export function claimActs(ground: Ground): Pick<SequenceStore, 'claimNextDue'> {
  return {
    claimNextDue: async (request) => {
      // A look first: nothing due is the usual answer, and it shall cost no transaction.
      const isIdle =
        firstReady(ground, request.now) === undefined && (nextCatchUpAt(ground) ?? Infinity) > request.now;
      if (isIdle) return null;
      return await ground.commit(() => claimNextDue(ground, request));
    },
  };
}

function claimNextDue(ground: Ground, request: ClaimRequest): Claim | null {
  // What is due by time alone comes first: a click that ends the sequence must end it before its next step is taken.
  catchUp(ground, request.now, request.timetable);
  if (senderPause(ground, request.now) !== null) return null;
  const row = firstReady(ground, request.now);
  const message = row === undefined ? undefined : ground.rows.find(messages, messages.id, row);
  const lead = message === undefined ? undefined : ground.rows.find(leads, leads.id, message.leadId);
  if (message === undefined || lead === undefined) return null;
  const enrollment = message.enrollmentId === null ? undefined : enrollmentOf(ground, lead.id);
  const finding = checkBeforeSending(ground, { message, lead, enrollment, request });
  switch (finding.kind) {
    case 'skip':
      return skip(ground, { message, lead, enrollment, request }, finding.reason);
    case 'wait':
      return postpone(ground, message, finding);
    case 'stale':
      return endAsStale(ground, { message, lead, enrollment, request }, finding.days);
    case 'go':
      return take(ground, message, lead, request);
  }
}

/** The first message that may be tried now, by order of sending. While claimed, a message is "ready" when its lease runs out. */
function firstReady(ground: Ground, now: number): number | undefined {
  for (const priority of PRIORITIES) {
    const row = ground
      .sql<{ id: number }>(
        `select id from messages where state in ('planned', 'claimed') and demo = 0 and priority = ? and ready_at <= ?
         order by ready_at, id limit 1`,
      )
      .get(priority, now);
    if (row !== undefined) return row.id;
  }
  return undefined;
}

export type Candidate = {
  readonly message: MessageRecord;
  readonly lead: LeadRecord;
  readonly enrollment: EnrollmentRecord | undefined;
  readonly request: ClaimRequest;
};

function skip(ground: Ground, { message, lead, enrollment, request }: Candidate, reason: string): Claim {
  const { now: at, timetable } = request;
  const { messageId, step } = message;
  const ended = { endedAt: at, leaseToken: null, leaseUntil: null };
  if (mayHaveGone(ground, message.id)) {
    // "Skipped" would deny it.
    const doubt = `an earlier try ended unknown, and then: ${reason}`;
    changeState(ground, message, 'in_doubt', { ...ended, reason: doubt });
    recordEvent(ground, {
      leadId: lead.id,
      kind: 'message.in_doubt',
      actor: 'system',
      at,
      detail: { step, reason: doubt },
    });
    return { kind: 'skipped', messageId, step, reason: doubt };
  }
  changeState(ground, message, 'skipped', { ...ended, reason });
  recordEvent(ground, {
    leadId: lead.id,
    kind: 'message.skipped',
    actor: 'system',
    at,
    detail: { step, reason },
  });
  if (enrollment !== undefined) planNext(ground, enrollment, lead, timetable, at);
  return { kind: 'skipped', messageId, step, reason };
}

function postpone(ground: Ground, message: MessageRecord, wait: Extract<Finding, { kind: 'wait' }>): Claim {
  const { until, reason } = wait;
  const change = {
    readyAt: until,
    leaseToken: null,
    leaseUntil: null,
    // Lateness counts from the planned date, so waiting for a good hour leaves it; whatever shifts the plan makes a new one.
    ...(wait.plansAnew ? { dueAt: until } : {}),
  };
  if (message.state === 'planned') ground.rows.update(messages, message.id, change);
  else changeState(ground, message, 'planned', change);
  return { kind: 'postponed', messageId: message.messageId, step: message.step, until, reason };
}

/** After so long a silence the thread is lost; the coach sees her on the desk, and she can come back by a new tick. */
function endAsStale(ground: Ground, { message, lead, enrollment, request }: Candidate, days: number): Claim {
  const { messageId, step } = message;
  const { now: at } = request;
  // One whose lease ran out waits like any other, and is stopped like them.
  if (message.state === 'claimed')
    changeState(ground, message, 'planned', { leaseToken: null, leaseUntil: null });
  stopEnrollment(ground, enrollment, 'stale', at);
  ground.rows.update(leads, lead.id, { exitReason: 'stale' });
  noteStop(ground, lead, 'stale', at);
  recordEvent(ground, {
    leadId: lead.id,
    kind: 'enrollment.stale',
    actor: 'system',
    at,
    detail: { step, days },
  });
  const reason = `${days} days behind: the sequence is stopped as stale`;
  return { kind: 'skipped', messageId, step, reason };
}

function take(
  ground: Ground,
  message: MessageRecord,
  lead: LeadRecord,
  { now, leaseMs, leaseToken }: ClaimRequest,
): Claim {
  ground
    .sql(
      `update messages set state = 'claimed', lease_token = :token, lease_until = :until, ready_at = :until where id = :id`,
    )
    .run({ token: leaseToken, until: now + leaseMs, id: message.id });
  // Read anew: a pause that was over has just ended.
  const enrollment = message.enrollmentId === null ? undefined : enrollmentOf(ground, lead.id);
  const row = message.signupId ?? enrollment?.signupId ?? null;
  const signup = row === null ? undefined : ground.rows.find(signups, signups.id, row);
  const { offer, language } = signup ?? askedBy(ground, lead.id);
  const { messageId, kind, step, attempts, firstAttemptAt, payload, dueAt } = message;
  return {
    kind: 'claimed',
    message: {
      messageId,
      kind,
      step,
      leaseToken,
      attempts,
      firstAttemptAt,
      payload,
      dueAt,
      doubt: doubtOf(ground, message),
      idempotencyKey: keyOf(message),
      lead: {
        leadId: lead.leadId,
        email: lead.email,
        firstName: lead.firstName,
        timezone: lead.timezone,
        offer,
        language,
      },
      signup:
        signup === undefined
          ? null
          : {
              signupId: signup.signupId,
              offer: signup.offer,
              email: signup.email,
              createdAt: signup.createdAt,
            },
      enrollment: enrollment === undefined ? null : viewOf(ground, enrollment, lead),
      reading: enrollment === undefined ? null : readingOf(ground, lead, enrollment.id),
    },
  };
}

/** The same over all tries, with nothing of the person in it; another one only where the coach says "send again". */
function keyOf({ messageId, keyNumber }: MessageRecord): string {
  return keyNumber === 1 ? `message/${messageId}` : `message/${messageId}/${keyNumber}`;
}
