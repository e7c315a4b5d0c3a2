import { HOUR } from '../../../src/kernel/clock.ts';
import type { Email } from '../../../src/mail/email.ts';
import type { Moment } from './time.ts';

/** An email that got out to somebody. */
export type Effect = {
  readonly messageId: string;
  readonly step: string;
  readonly to: string;
  /** Somebody who was removed and comes again is another lead with the same address. */
  readonly leadId: string;
  readonly key: string;
  /** When its try began. */
  readonly begun: Moment;
  readonly at: Moment;
};

/** As long as Resend keeps a key, by its own clock. */
const KEY_LIFETIME = 24 * HOUR;

/** Resend's promise about keys, and a mail server that makes none. */
export class Provider {
  readonly effects: Effect[] = [];
  /** Keys under which other bytes were offered. */
  readonly altered: string[] = [];
  private readonly keys = new Map<string, { readonly bytes: string; readonly since: number }>();

  /** Whether a key is one it remembers: whatever it would say otherwise, it gives its first answer again. */
  knows(key: string, { truth }: Moment): boolean {
    const known = this.keys.get(key);
    return known !== undefined && truth - known.since < KEY_LIFETIME;
  }

  take(
    { email, key, begun }: { readonly email: Email; readonly key: string; readonly begun: Moment },
    at: Moment,
    honoursKeys: boolean,
  ): void {
    const bytes = JSON.stringify(email);
    if (honoursKeys && this.knows(key, at)) {
      if (this.keys.get(key)?.bytes !== bytes) this.altered.push(key);
      return;
    }
    if (honoursKeys) this.keys.set(key, { bytes, since: at.truth });
    const step = email.tags.find(({ name }) => name === 'step')?.value ?? '';
    const leadId = email.headers['X-Lead'] ?? '';
    this.effects.push({ messageId: email.messageId, step, to: email.to, leadId, key, begun, at });
  }
}
