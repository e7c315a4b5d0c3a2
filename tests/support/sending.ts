import type { Log, LogFields } from '../../src/kernel/log.ts';
import type { Random } from '../../src/kernel/random.ts';
import { createComposer } from '../../src/mail/compose.ts';
import type { Email, Submission, Transport } from '../../src/mail/email.ts';
import { unlimited } from '../../src/mail/rate.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import { createSender } from '../../src/sequence/sender.ts';
import type { SenderParts } from '../../src/sequence/sender.ts';
import { testClock } from './clock.ts';
import { NOON, emailContent, stationery } from './email.ts';
import { MemorySequence } from './memory-sequence.ts';

/** Chance that repeats itself. */
export function steadyRandom(fraction = 0.5): Random {
  let made = 0;
  const uuid = () => {
    made += 1;
    return `019bb000-0000-7000-8000-${String(made).padStart(12, '0')}`;
  };
  return { uuid, token: uuid, fraction: () => fraction };
}

export type LogLine = { readonly level: keyof Log; readonly fields: LogFields; readonly message: string };

export function memoryLog(): { readonly log: Log; readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: keyof Log) => (fields: LogFields, message: string) =>
    void lines.push({ level, fields, message });
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines };
}

/** A way out that remembers what it was offered and answers as told. */
class FakeTransport implements Transport {
  name: Transport['name'] = 'resend';
  live = false;
  honoursKeys = true;
  patience = 15_000;
  readonly offered: { readonly email: Email; readonly key: string }[] = [];
  answer: (email: Email) => Submission | Promise<Submission> = () => ({
    kind: 'submitted',
    providerId: 'id',
  });

  async submit(email: Email, key: string): Promise<Submission> {
    this.offered.push({ email, key });
    return await this.answer(email);
  }
}

/** A sender over fakes, with everything in reach. */
export function sendingKit(changes: Partial<SenderParts> = {}) {
  const store = new MemorySequence();
  const clock = testClock(new Date(NOON).toISOString());
  const transport = new FakeTransport();
  const random = steadyRandom();
  const { log, lines } = memoryLog();
  const content = emailContent();
  const timetable = createTimetable(content.sequence, content.site.timeZone, random);
  const compose = createComposer(stationery(content));
  const parts: SenderParts = {
    store,
    holder: 'serve',
    clock,
    transport,
    random,
    log,
    compose,
    rate: unlimited,
    timetable: () => timetable,
    ...changes,
  };
  return { store, clock, transport, random, lines, content, timetable, sender: createSender(parts) };
}
