import type { EnrollmentView, Timetable } from '../../src/leads/timetable.ts';
import type {
  Claim,
  ClaimedMessage,
  Doubt,
  SendOutcome,
  SenderPause,
  SequenceStore,
  LeaseHolder,
} from '../../src/sequence/port.ts';
import type { MessageKind, MessageState } from '../../src/kernel/words.ts';
import { LEAD_ID, NOON, SIGNUP_ID } from './email.ts';

/** A message of the ledger in memory; the sender's rules can be watched here without a database. */
export type MemoryMessage = {
  messageId: string;
  kind: MessageKind;
  step: string;
  state: MessageState;
  dueAt: number;
  leaseUntil: number;
  leaseToken: string;
  doubt: Doubt | null;
  attempts: number;
  firstAttemptAt: number | null;
  payload: Uint8Array | null;
  reason: string | null;
  settlements: SendOutcome[];
};

type Asked = Omit<SequenceStore, 'holdSending' | 'resumeSending' | 'probeAccount' | 'settleDoubt'>;

export class MemorySequence implements Asked {
  readonly messages: MemoryMessage[] = [];
  readonly tries: (Doubt & { readonly messageId: string })[] = [];
  pause: SenderPause | null = null;
  sentLiveAt: number | null = null;
  /** What the next claim is answered with instead. */
  nextClaim: Claim | null = null;
  /** Called after each claim, before the caller has it. */
  afterClaim: (message: MemoryMessage) => void = () => {};
  private made = 0;

  plan(kind: MessageKind, dueAt: number, changes: Partial<MemoryMessage> = {}): MemoryMessage {
    this.made += 1;
    const message: MemoryMessage = {
      messageId: `019aa000-0000-7000-8000-${String(this.made).padStart(12, '0')}`,
      kind,
      step: kind === 'step' ? 'tide' : kind,
      state: 'planned',
      dueAt,
      leaseUntil: 0,
      leaseToken: '',
      doubt: null,
      attempts: 0,
      firstAttemptAt: null,
      payload: null,
      reason: null,
      settlements: [],
      ...changes,
    };
    this.messages.push(message);
    return message;
  }

  async claimNextDue({
    now,
    leaseMs,
    leaseToken,
  }: Parameters<SequenceStore['claimNextDue']>[0]): Promise<Claim | null> {
    const given = this.nextClaim;
    this.nextClaim = null;
    if (given !== null) return given;
    const [message] = this.messages
      .filter(({ state, dueAt, leaseUntil }) =>
        state === 'planned' ? dueAt <= now : state === 'claimed' && leaseUntil <= now,
      )
      .toSorted((one, other) => rank(one) - rank(other) || one.dueAt - other.dueAt);
    if (message === undefined) return null;
    const claimed = this.view(message, leaseToken);
    Object.assign(message, {
      state: 'claimed',
      leaseToken,
      leaseUntil: now + leaseMs,
    });
    this.afterClaim(message);
    return { kind: 'claimed', message: claimed };
  }

  async releaseLeases(holder: LeaseHolder): Promise<number> {
    const held = this.messages.filter(
      ({ state, leaseToken }) => state === 'claimed' && leaseToken.startsWith(`${holder}:`),
    );
    for (const message of held) message.state = 'planned';
    return held.length;
  }

  async beginTry(begun: Parameters<SequenceStore['beginTry']>[0]): Promise<number | null> {
    const { messageId, leaseToken, payload, at, transport } = begun;
    const message = this.find(messageId);
    if (message.state !== 'claimed' || message.leaseToken !== leaseToken) return null;
    message.payload ??= payload;
    message.attempts += 1;
    message.firstAttemptAt ??= at;
    this.tries.push({ messageId, since: at, transport });
    return this.tries.length;
  }

  async settle({
    messageId,
    leaseToken,
    outcome,
    reminder,
    timetable,
    at,
  }: Parameters<SequenceStore['settle']>[0]): Promise<'settled' | 'lease_lost'> {
    const message = this.find(messageId);
    message.settlements.push(outcome);
    if (message.leaseToken !== leaseToken) return 'lease_lost';
    if (outcome.kind === 'retry' && outcome.ambiguous)
      message.doubt ??= this.tries.findLast((one) => one.messageId === messageId) ?? null;
    this.write(message, outcome);
    if (reminder !== null) {
      this.plan('reminder', reminder.dueAt, { messageId: reminder.messageId });
    }
    if (message.kind === 'step' && message.state !== 'planned') this.planNext(timetable, at);
    return 'settled';
  }

  async nextDueAt(): Promise<number | null> {
    const open = this.messages.flatMap(({ state, dueAt, leaseUntil }) =>
      state === 'planned' ? [dueAt] : state === 'claimed' ? [leaseUntil] : [],
    );
    return open.length === 0 ? null : Math.min(...open);
  }

  async senderPause(now: number): Promise<SenderPause | null> {
    return this.pause !== null && (this.pause.until ?? Infinity) > now ? this.pause : null;
  }

  async catchUp(): Promise<number> {
    return 0;
  }

  async markSentLive(at: number): Promise<void> {
    this.sentLiveAt ??= at;
  }

  async countOverdue(now: number, overdueBy: number): Promise<number> {
    return this.messages.filter(({ state, dueAt }) => state === 'planned' && dueAt + overdueBy < now).length;
  }

  private write(message: MemoryMessage, outcome: SendOutcome): void {
    switch (outcome.kind) {
      case 'submitted':
        message.state = 'submitted';
        break;
      case 'rejected':
        Object.assign(message, { state: 'failed', reason: outcome.reason });
        break;
      case 'bounced':
      case 'in_doubt':
        Object.assign(message, { state: outcome.kind, reason: outcome.reason });
        break;
      case 'retry':
        Object.assign(message, { state: 'planned', dueAt: outcome.at });
        break;
      case 'pause':
        message.state = 'planned';
        message.attempts -= 1;
        this.pause = {
          kind: outcome.cause,
          until: outcome.until,
          reason: outcome.reason,
          since: outcome.until,
        };
        break;
    }
  }

  private planNext(timetable: Timetable, at: number): void {
    const next = timetable.next(this.enrollment(), at);
    if (next !== null) this.plan('step', next.dueAt, { messageId: next.messageId, step: next.step });
  }

  private enrollment(): EnrollmentView {
    const doneSteps = this.messages
      .filter(({ kind, state }) => kind === 'step' && state !== 'planned' && state !== 'claimed')
      .map(({ step }) => step);
    return { enrollmentId: 'enrollment', leadId: LEAD_ID, timezone: null, pace: 'normal', doneSteps };
  }

  private find(messageId: string): MemoryMessage {
    const message = this.messages.find((candidate) => candidate.messageId === messageId);
    if (message === undefined) throw new Error(`No message ${messageId}.`);
    return message;
  }

  private view(message: MemoryMessage, leaseToken: string): ClaimedMessage {
    const { messageId, kind, step, attempts, firstAttemptAt, doubt, payload, dueAt } = message;
    const hasSignup = kind !== 'data' && kind !== 'erase';
    return {
      messageId,
      kind,
      step,
      idempotencyKey: `msg/${messageId}`,
      leaseToken,
      attempts,
      firstAttemptAt,
      doubt,
      payload,
      dueAt,
      lead: {
        leadId: LEAD_ID,
        email: 'lead@example.com',
        firstName: 'Grace',
        timezone: null,
        offer: null,
        language: null,
      },
      signup: hasSignup
        ? { signupId: SIGNUP_ID, offer: 'chart', email: 'typed@example.com', createdAt: NOON }
        : null,
      enrollment: kind === 'step' ? this.enrollment() : null,
      reading: null,
    };
  }
}

function rank({ kind }: MemoryMessage): number {
  return kind === 'step' ? 2 : kind === 'reminder' ? 1 : 0;
}
