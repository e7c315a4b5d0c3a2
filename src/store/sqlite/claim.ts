import type { Claim, SequenceStore } from '../../sequence/port.ts';
import { enrollmentOf, planNext, viewOf } from './enrollments.ts';
import type { EnrollmentRecord } from './enrollments.ts';
import { checkBeforeSending } from './claim-checks.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';
import { PRIORITIES } from './messages.ts';
import type { MessageRecord } from './messages.ts';
import { messages } from './schema/ledger.ts';
import { leads, signups } from './schema/people.ts';

type ClaimRequest = Parameters<SequenceStore['claimNextDue']>[0];

export function claimActs(ground: Ground): Pick<SequenceStore, 'claimNextDue'> {
  return {
    claimNextDue: async (request) => {
      // A look first: nothing due is the usual answer, and it shall cost no transaction.
      if (firstReady(ground, request.now) === undefined) return null;
      return await ground.commit(() => claimNextDue(ground, request));
    },
  };
}

function claimNextDue(ground: Ground, request: ClaimRequest): Claim | null {
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
      return postpone(ground, message, finding.until);
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
  ground
    .sql(
      "update messages set state = 'skipped', reason = ?, ended_at = ?, lease_token = null, lease_until = null where id = ?",
    )
    .run(reason, at, message.id);
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

function postpone(ground: Ground, message: MessageRecord, until: number): Claim {
  ground
    .sql(
      "update messages set state = 'planned', due_at = :until, ready_at = :until, lease_token = null, lease_until = null where id = :id",
    )
    .run({ until, id: message.id });
  return { kind: 'postponed', messageId: message.messageId, step: message.step, until };
}

function take(
  ground: Ground,
  message: MessageRecord,
  lead: LeadRecord,
  { now, leaseMs, leaseToken }: ClaimRequest,
): Claim {
  ground
    .sql(
      `update messages set state = 'claimed', lease_token = :token, lease_until = :until, ready_at = :until,
         attempts = attempts + 1,
         first_attempt_at = case when payload is null then first_attempt_at else coalesce(first_attempt_at, :now) end
       where id = :id`,
    )
    .run({ token: leaseToken, until: now + leaseMs, now, id: message.id });
  // Read anew: a pause that was over has just ended.
  const enrollment = message.enrollmentId === null ? undefined : enrollmentOf(ground, lead.id);
  const signupRow = message.signupId ?? enrollment?.signupId ?? null;
  const signup = signupRow === null ? undefined : ground.rows.find(signups, signups.id, signupRow);
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
      // The same over all tries, and nothing of the person in it.
      idempotencyKey: `message/${messageId}`,
      lead: { leadId: lead.leadId, email: lead.email, firstName: lead.firstName, timezone: lead.timezone },
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
    },
  };
}
