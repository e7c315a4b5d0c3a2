import { DAY } from '../../../src/kernel/clock.ts';
import type { Random } from '../../../src/kernel/random.ts';
import type { Timetable } from '../../../src/leads/timetable.ts';
import type { ClaimedMessage } from '../../../src/sequence/port.ts';
import type { Store } from '../../../src/store/port.ts';
import type { Composer } from '../../../src/mail/order.ts';
import { CONSENT, NO_LIMITS, newSignup } from '../../support/store.ts';
import type { Act, Answer, Way } from './acts.ts';
import { burst, judgeEffects, whyForbidden } from './laws.ts';
import type { Gone, Person } from './laws.ts';
import type { LedgerWatch } from './ledger.ts';
import { SendingProcess } from './process.ts';
import { Provider } from './provider.ts';
import { timeFrom } from './time.ts';

export type WorldParts = {
  readonly store: Store;
  readonly ledger: LedgerWatch;
  readonly timetable: Timetable;
  readonly compose: Composer;
  readonly random: Random;
  /** Keys of the sequence's steps in their order. */
  readonly steps: readonly string[];
  /** UTC milliseconds. */
  readonly start: number;
};

/** What a story touched, for the figures. */
export type Tally = Record<string, number>;

const HOLDERS = ['serve', 'send'] as const;
type Who = 0 | 1;

/** One story over the real store: two processes, two people, a provider, a clock, and a model of what was acknowledged. */
export class World {
  readonly broken: string[] = [];
  private readonly parts;
  private readonly time;
  private readonly provider = new Provider();
  private readonly people: readonly [Person, Person];
  private readonly gone: Gone = {
    erasedLeads: new Map(),
    removedSignups: new Map(),
    declinedSignups: new Map(),
  };
  private readonly again = new Map<string, number>();
  private readonly processes: [SendingProcess, SendingProcess];
  private held: number | null = null;
  private count = 0;
  private reports = 0;
  private readonly tally: Tally;

  constructor(parts: WorldParts, tally: Tally) {
    this.parts = parts;
    this.tally = tally;
    this.time = timeFrom(parts.start);
    this.people = [stranger('ana@example.com'), stranger('ben@example.com')];
    this.processes = [this.startProcess(0, 'resend'), this.startProcess(1, 'resend')];
  }

  /** Tells whether the law still holds. */
  async act(act: Act): Promise<boolean> {
    const mayVanish = act.kind === 'erase' || act.kind === 'not me';
    await this.carryOut(act);
    // Once over it is over, even if the clock is set back before its end.
    for (const person of this.people)
      if ((person.paused?.until ?? Infinity) <= this.now()) person.paused = null;
    this.broken.push(...this.parts.ledger.look(mayVanish));
    const tooSoon = burst(this.provider.effects, this.parts.steps);
    if (tooSoon !== null) this.broken.push(tooSoon);
    this.broken.push(...this.provider.altered.map((key) => `other bytes under ${key}`));
    return this.broken.length === 0;
  }

  /** Afterwards: both processes begin anew, nobody does anything any more, and everything comes to its end. */
  async end(): Promise<void> {
    const { store, timetable } = this.parts;
    for (const who of [0, 1] as const) await this.crash(who, true, 'resend');
    await store.resumeSending(this.now(), timetable);
    this.held = null;
    for (let rounds = 0; this.broken.length === 0; rounds++) {
      const next = await store.nextDueAt();
      if (next === null) break;
      if (rounds > 200) return void this.broken.push('it never comes to an end');
      const pause = await store.senderPause(this.now());
      this.time.pass(Math.max(0, Math.max(next, pause?.until ?? 0) - this.now()));
      await this.passOf(this.processes[0]);
      this.broken.push(...this.parts.ledger.look(false));
      const tooSoon = burst(this.provider.effects, this.parts.steps);
      if (tooSoon !== null) this.broken.push(tooSoon);
    }
    this.judge();
  }

  private async passOf(sender: SendingProcess): Promise<void> {
    for (let calls = 0; calls < 500 && this.broken.length === 0; calls++) {
      await sender.step('taken');
      if (sender.isIdle && sender.foundNothing) return;
    }
    this.broken.push('a pass of the sender does not end');
  }

  private judge(): void {
    const { effects } = this.provider;
    const { broken, beyondTheClock } = judgeEffects(effects, this.parts.steps, this.again);
    this.broken.push(...broken);
    const rows = this.parts.ledger.rows();
    const wentOut = new Set(effects.map(({ messageId }) => messageId));
    for (const { messageId, step, state } of rows) {
      const isOut = wentOut.has(messageId);
      if (isOut && (state === 'failed' || state === 'skipped') && !this.isExplained(messageId))
        this.broken.push(`${step} went out, and the ledger says ${state}`);
      if (!isOut && state === 'submitted' && !this.saidToHaveArrived.has(messageId))
        this.broken.push(`${step} is called submitted and never went out`);
    }
    for (const { state } of this.parts.ledger.enrollments())
      if (state === 'active' || state === 'paused') this.broken.push(`an enrollment is ${state} for ever`);
    this.add('emails', effects.length);
    this.add('steps', effects.filter(({ step }) => this.parts.steps.includes(step)).length);
    this.add('doubles that only a wrong clock allows', beyondTheClock);
    for (const { state } of rows) this.add(`ended ${state}`, 1);
  }

  /** The provider took it back by its webhook, or the coach declared that copy lost. */
  private isExplained(messageId: string): boolean {
    return this.reportedAsFailed.has(messageId) || this.again.has(messageId);
  }

  private readonly reportedAsFailed = new Set<string>();
  private readonly saidToHaveArrived = new Set<string>();

  private async carryOut(act: Act): Promise<void> {
    this.add(act.kind, 1);
    switch (act.kind) {
      case 'work':
        return await this.work(act.who, act.calls, act.answer);
      case 'crash':
        return await this.crash(act.who, act.taken, act.way);
      case 'until due': {
        const next = await this.parts.store.nextDueAt();
        if (next !== null) this.pass(Math.max(0, next - this.now()) + act.plus, act.taken);
        return;
      }
      case 'pass':
        return this.pass(act.ms, act.taken);
      case 'clock set back':
        return this.time.set(-act.ms);
      case 'clock set ahead':
        return this.time.set(act.ms);
      case 'sign up':
        return await this.signUp(act.lead, act.tick, act.zone);
      case 'press':
        return await this.press(act.lead, act.declined);
      case 'stop':
        return await this.stop(act.lead, act.reason, act.beside);
      case 'report':
        return await this.report(act.lead, act.what, act.beside);
      case 'pause': {
        const until = this.now() + act.days * DAY;
        const done = await this.change(act.lead, { kind: 'pause', until });
        if (done) this.people[act.lead].paused = { order: this.order(), until };
        return;
      }
      case 'resume':
        if (await this.change(act.lead, { kind: 'resume' })) this.people[act.lead].paused = null;
        return;
      case 'fewer':
        return void (await this.change(act.lead, { kind: 'fewer' }));
      case 'not me':
        return await this.notMe(act.lead);
      case 'erase':
        return await this.erase(act.lead);
      case 'hold':
        await this.parts.store.holdSending({ kind: 'coach', reason: 'quiet', at: this.now() });
        this.held ??= this.order();
        return;
      case 'resume sending':
        this.held = null;
        return void (await this.parts.store.resumeSending(this.now(), this.parts.timetable));
      case 'coach on a doubt':
        return await this.coachOnDoubt(act.word);
    }
  }

  private async work(who: Who, calls: number, answer: Answer): Promise<void> {
    for (let call = 0; call < calls; call++) {
      await this.processes[who].step(answer);
      if (this.processes[who].isIdle) return;
    }
  }

  private async crash(who: Who, taken: boolean, way: Way): Promise<void> {
    this.processes[who].die(taken);
    this.processes[who] = this.startProcess(who, way);
    // The server, of which there is one, gives back what the one before it had claimed; a `funnel send` waits for the lease.
    if (HOLDERS[who] === 'serve') await this.parts.store.releaseLeases('serve', this.now());
  }

  private pass(ms: number, taken: boolean): void {
    for (const one of this.processes) one.sleepThrough(taken);
    this.time.pass(ms);
  }

  private async signUp(lead: Who, tick: boolean, zone: string | null): Promise<void> {
    const { email, signups } = this.people[lead];
    const consent = tick ? CONSENT : null;
    const signup = newSignup({ email, consent, timezone: zone, at: this.now() });
    await this.parts.store.recordSignup(signup, NO_LIMITS, { messageId: this.parts.random.uuid() });
    signups.push({ signupId: signup.signupId, tick, order: this.order(), used: false });
  }

  private async press(lead: Who, declined: boolean): Promise<void> {
    const person = this.people[lead];
    const signup = person.signups.at(-1);
    if (signup === undefined) return;
    await this.parts.store.confirm(signup.signupId, {
      firstName: null,
      situation: null,
      targetRole: null,
      declined,
      enrollmentId: this.parts.random.uuid(),
      place: '/download',
      at: this.now(),
      timetable: this.parts.timetable,
    });
    const order = this.order();
    const isDeclined = this.gone.declinedSignups.has(signup.signupId);
    if (declined && signup.tick && !isDeclined) {
      this.gone.declinedSignups.set(signup.signupId, order);
      // It may have ended the sequence, and its pause with it.
      person.paused = null;
    }
    if (declined || isDeclined || !signup.tick || signup.used) return;
    signup.used = true;
    if (person.stepsStopped === null || signup.order <= person.stepsStopped) return;
    person.stepsStopped = null;
    person.paused = null;
  }

  private async stop(lead: Who, reason: Extract<Act, { kind: 'stop' }>['reason'], beside: Who | null) {
    const person = this.people[lead];
    const next = beside === null ? null : this.processes[beside].stepBeside();
    const [done] = await Promise.all([this.change(lead, { kind: 'stop', reason }), next]);
    if (!done) return;
    person.stepsStopped = this.order();
    if (reason === 'unsubscribed') person.unsubscribed = person.stepsStopped;
  }

  private async change(lead: Who, change: Parameters<Store['changePreferences']>[1]): Promise<boolean> {
    const { store, timetable } = this.parts;
    const found = await store.findLeadByEmail(this.people[lead].email);
    if (found === null) return false;
    const at = this.now();
    return (
      (await store.changePreferences(found.leadId, change, { at, place: '/preferences', timetable })) ===
      'changed'
    );
  }

  private async report(lead: Who, what: Extract<Act, { kind: 'report' }>['what'], beside: Who | null) {
    const person = this.people[lead];
    const effect = this.provider.effects.findLast(({ to }) => to === person.email);
    if (effect === undefined) return;
    const next = beside === null ? null : this.processes[beside].stepBeside();
    const { store, timetable, random } = this.parts;
    const at = this.now();
    this.reports += 1;
    const [outcome] = await Promise.all([
      store.applyReport(
        {
          eventId: `event-${this.reports}`,
          kind: what,
          messageId: effect.messageId,
          providerId: null,
          occurredAt: at,
          reason: null,
        },
        { at, timetable, reminder: { messageId: random.uuid(), dueAt: at + DAY } },
      ),
      next,
    ]);
    if (outcome !== 'applied') return;
    if (what === 'failed') this.reportedAsFailed.add(effect.messageId);
    await this.noteIfClosed(person);
  }

  /** A closed mailbox is acknowledged by what closed it, and seen in the lead's status. */
  private async noteIfClosed(person: Person): Promise<void> {
    const found = await this.parts.store.findLeadByEmail(person.email);
    if (found?.status === 'bounced' || found?.status === 'complained') person.closed ??= this.order();
  }

  private async notMe(lead: Who): Promise<void> {
    const person = this.people[lead];
    const signup = person.signups.pop();
    if (signup === undefined) return;
    await this.parts.store.removeSignup(signup.signupId, this.now());
    const order = this.order();
    this.gone.removedSignups.set(signup.signupId, order);
    if (person.signups.length > 0) return;
    // Nothing is left of her: whoever comes by this address is another lead.
    person.paused = null;
    person.stepsStopped = order;
  }

  private async erase(lead: Who): Promise<void> {
    const person = this.people[lead];
    const found = await this.parts.store.findLeadByEmail(person.email);
    if (found === null) return;
    await this.parts.store.eraseLead(found.leadId, this.now());
    const order = this.order();
    this.gone.erasedLeads.set(found.leadId, order);
    person.signups = [];
    person.paused = null;
    person.stepsStopped = order;
  }

  private async coachOnDoubt(word: 'arrived' | 'send_again'): Promise<void> {
    const [messageId] = this.parts.ledger.doubts();
    if (messageId === undefined) return;
    const { store, timetable } = this.parts;
    const settled = await store.settleDoubt({ messageId, word, at: this.now(), timetable });
    if (settled !== 'settled') return;
    this.add(`coach said ${word}`, 1);
    if (word === 'send_again') this.again.set(messageId, (this.again.get(messageId) ?? 0) + 1);
    else this.saidToHaveArrived.add(messageId);
  }

  private startProcess(who: Who, way: Way): SendingProcess {
    const { store, timetable, compose, random } = this.parts;
    const watcher = {
      order: () => this.order(),
      begun: (message: ClaimedMessage, order: number, at: number) => this.begun(message, order, at),
      settled: async (message: ClaimedMessage) => {
        const person = this.people.find(({ email }) => email === message.lead.email);
        if (person !== undefined) await this.noteIfClosed(person);
      },
      isInFlight: (key: string) => this.processes.some((one) => one.isOffering(key)),
      failed: (error: unknown) => void this.broken.push(`the sender failed: ${String(error)}`),
    };
    const { time, provider } = this;
    return new SendingProcess(
      { store, time, provider, watcher, compose, timetable: () => timetable, random },
      HOLDERS[who],
      way,
    );
  }

  private begun(message: ClaimedMessage, order: number, at: number): void {
    const person = this.people.find(({ email }) => email === message.lead.email);
    const { gone, held } = this;
    const why = whyForbidden(message, order, { person, gone, held, at });
    if (why !== null) this.broken.push(`${message.step} was begun although ${why}`);
    this.add('tries', 1);
  }

  private now(): number {
    return this.time.clock.now();
  }

  private order(): number {
    this.count += 1;
    return this.count;
  }

  private add(what: string, more: number): void {
    this.tally[what] = (this.tally[what] ?? 0) + more;
  }
}

function stranger(email: string): Person {
  return { email, signups: [], stepsStopped: null, unsubscribed: null, closed: null, paused: null };
}
