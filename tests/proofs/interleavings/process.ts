import type { Random } from '../../../src/kernel/random.ts';
import type { Email, Submission, Transport } from '../../../src/mail/email.ts';
import type { Composer } from '../../../src/mail/order.ts';
import { unlimited } from '../../../src/mail/rate.ts';
import type { ClaimedMessage, LeaseHolder } from '../../../src/sequence/port.ts';
import { createSender } from '../../../src/sequence/sender.ts';
import type { SenderParts } from '../../../src/sequence/sender.ts';
import type { Answer, Way } from './acts.ts';
import type { Provider } from './provider.ts';
import type { Moment, Time } from './time.ts';

type SenderStore = SenderParts['store'];

/** What the laws want to know of a process's way through an email. `order`: when the call was made, among all that happened. */
export interface Watcher {
  order(): number;
  /** `beginTry` let an email out; it was called as number `order`, and by the process's clock at `at`. */
  begun(message: ClaimedMessage, order: number, at: number): void;
  settled(message: ClaimedMessage): Promise<void>;
  /** Whether a process has an offer under this key in the air. */
  isInFlight(key: string): boolean;
  failed(error: unknown): void;
}

type Offer = {
  readonly email: Email;
  readonly key: string;
  readonly begun: Moment;
  readonly resolve: (answer: Submission) => void;
  readonly reject: (error: Error) => void;
  /** Decided when time passed over it: the answer can only come late. */
  fate: 'open' | 'taken' | 'not taken';
};

/** The real sender as a process that goes from call to call as it is told, and can die between any two. */
export class SendingProcess {
  private readonly sender;
  private pass: (() => void) | null = null;
  private offer: Offer | null = null;
  private working = false;
  private arrived = () => {};
  private claim: ClaimedMessage | null = null;
  private readonly parts;
  private readonly way: Way;
  /** Whether its last look found nothing to do. */
  foundNothing = false;

  constructor(
    parts: {
      readonly store: SenderStore;
      readonly time: Time;
      readonly provider: Provider;
      readonly watcher: Watcher;
      readonly compose: Composer;
      readonly timetable: SenderParts['timetable'];
      readonly random: Random;
    },
    holder: LeaseHolder,
    way: Way,
  ) {
    this.parts = parts;
    this.way = way;
    const { time, compose, timetable, random, watcher } = parts;
    this.sender = createSender({
      store: this.gated(parts.store),
      holder,
      clock: time.clock,
      compose,
      timetable,
      random,
      rate: unlimited,
      transport: this.transport(),
      log: {
        debug: () => {},
        info: () => {},
        warn: () => {},
        error: (fields, message) => {
          if (message !== 'the way out of an email failed unexpectedly')
            watcher.failed(new Error(`${message}: ${JSON.stringify(fields)}`));
        },
      },
    });
  }

  get isIdle(): boolean {
    return !this.working;
  }

  isOffering(key: string): boolean {
    return this.offer?.key === key && this.offer.fate === 'open';
  }

  /** One call further: to the next gate, offer or end. */
  async step(answer: Answer): Promise<void> {
    const stopped = new Promise<void>((resolve) => (this.arrived = resolve));
    if (!this.working) this.begin();
    else if (this.offer === null) this.open();
    else this.answerOffer(this.offer, answer);
    await stopped;
  }

  /** The first half of `step`, for two calls in one moment; the process must not be waiting for an answer. */
  stepBeside(): Promise<void> | null {
    return this.working && this.offer === null ? this.step('taken') : null;
  }

  /** More time passes than a try may take: what hangs is taken or is not, and its answer can only come late. */
  sleepThrough(taken: boolean): void {
    if (this.offer === null || this.offer.fate !== 'open') return;
    this.offer.fate = taken ? 'taken' : 'not taken';
    if (taken) this.take(this.offer);
  }

  /** It never comes back. What it offered may be on its way. */
  die(taken: boolean): void {
    if (this.offer !== null && this.offer.fate === 'open' && taken) this.take(this.offer);
  }

  private begin(): void {
    this.working = true;
    this.claim = null;
    this.foundNothing = false;
    const end = () => {
      this.working = false;
      this.arrived();
    };
    this.sender.sendNextDue().then(
      (report) => {
        this.foundNothing = report === null;
        end();
      },
      (error: unknown) => {
        this.parts.watcher.failed(error);
        end();
      },
    );
  }

  private open(): void {
    const pass = this.pass;
    this.pass = null;
    pass?.();
  }

  private gate(): Promise<void> {
    return new Promise((resolve) => {
      this.pass = resolve;
      this.arrived();
    });
  }

  /** A call reads the clock when it is made: between the two there is no time for anything. */
  private gated(store: SenderStore): SenderStore {
    const { watcher, time } = this.parts;
    return {
      senderPause: async (now) => (await this.gate(), await store.senderPause(now)),
      markSentLive: async (at) => (await this.gate(), await store.markSentLive(at)),
      claimNextDue: async (request) => {
        await this.gate();
        const claim = await store.claimNextDue({ ...request, now: time.clock.now() });
        if (claim?.kind === 'claimed') this.claim = claim.message;
        return claim;
      },
      beginTry: async (begun) => {
        await this.gate();
        const order = watcher.order();
        const at = time.clock.now();
        const number = await store.beginTry({ ...begun, at });
        if (number !== null && this.claim !== null) watcher.begun(this.claim, order, at);
        return number;
      },
      settle: async (settlement) => {
        await this.gate();
        const settled = await store.settle(settlement);
        if (this.claim !== null) await watcher.settled(this.claim);
        return settled;
      },
    };
  }

  private transport(): Transport {
    return {
      name: this.way,
      live: false,
      honoursKeys: this.way === 'resend',
      patience: 2 ** 31 - 1,
      submit: (email, key) =>
        new Promise((resolve, reject) => {
          const begun = this.parts.time.moment();
          this.offer = { email, key, begun, resolve, reject, fate: 'open' };
          this.arrived();
        }),
    };
  }

  private take(offer: Offer): void {
    const { provider, time } = this.parts;
    provider.take(offer, time.moment(), this.way === 'resend');
  }

  private answerOffer(offer: Offer, answer: Answer): void {
    this.offer = null;
    if (offer.fate !== 'open') {
      if (offer.fate === 'taken' && answer === 'taken') offer.resolve(TAKEN);
      else offer.resolve(LOST);
      return;
    }
    const { provider, time, watcher } = this.parts;
    // Two at once under one key: the provider lets the second wait.
    if (this.way === 'resend' && watcher.isInFlight(offer.key)) return offer.resolve(LOST);
    const isKnown = this.way === 'resend' && provider.knows(offer.key, time.moment());
    switch (answer) {
      case 'taken':
        this.take(offer);
        return offer.resolve(TAKEN);
      case 'taken, answer lost':
        this.take(offer);
        return offer.resolve(LOST);
      case 'taken, then a bug':
        this.take(offer);
        return offer.reject(new Error('a bug in the way out'));
      case 'not taken, answer lost':
        return offer.resolve(LOST);
      case 'not taken, try again':
        return offer.resolve({ kind: 'try_again', reason: 'busy', afterMs: null, ambiguous: false });
      case 'slow down':
        return offer.resolve({ kind: 'slow_down', reason: 'too fast', afterMs: 2000 });
      case 'account at fault':
        return offer.resolve({ kind: 'account_fault', reason: 'quota' });
      case 'rejected':
      case 'mailbox refuses':
      case 'conflict':
        // A key that it knows gets its first answer.
        if (isKnown) {
          this.take(offer);
          return offer.resolve(TAKEN);
        }
        return offer.resolve(REFUSALS[answer]);
    }
  }
}

const TAKEN: Submission = { kind: 'submitted', providerId: null };
const LOST: Submission = { kind: 'try_again', reason: 'reset', afterMs: null, ambiguous: true };
const REFUSALS = {
  rejected: { kind: 'rejected', reason: 'invalid' },
  'mailbox refuses': { kind: 'bounced', reason: 'no such mailbox' },
  conflict: { kind: 'in_doubt', reason: 'other bytes' },
} as const satisfies Record<string, Submission>;
