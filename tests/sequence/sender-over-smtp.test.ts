import { expect, it, onTestFinished } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { createComposer } from '../../src/mail/compose.ts';
import { unlimited } from '../../src/mail/rate.ts';
import { createSmtpTransport } from '../../src/mail/smtp.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import { createSender } from '../../src/sequence/sender.ts';
import { testClock } from '../support/clock.ts';
import { emailContent, stationery } from '../support/email.ts';
import { startFakeSmtp } from '../support/fake-smtp.ts';
import { memoryLog } from '../support/sending.ts';
import { LIMITS, START, freshStore, newSignup } from '../support/store.ts';

/** A real store and sender, and the real nodemailer over loopback. */
async function smtpKit(login?: { readonly user: string; readonly password: string }) {
  const fake = await startFakeSmtp(login === undefined ? {} : { login });
  onTestFinished(() => fake.close());
  const { store } = freshStore();
  const clock = testClock(new Date(START).toISOString());
  const content = emailContent();
  const timetable = createTimetable(content.sequence, content.site.timeZone, systemRandom);
  const sender = createSender({
    store,
    holder: 'serve',
    compose: createComposer(stationery(content)),
    transport: createSmtpTransport({
      url: `smtp://${login === undefined ? '' : 'ana:wrong-one@'}127.0.0.1:${fake.port}`,
      live: false,
      clientName: null,
    }),
    rate: unlimited,
    timetable: () => timetable,
    clock,
    random: systemRandom,
    log: memoryLog().log,
  });
  const pass = async (): Promise<readonly string[]> => {
    const told: string[] = [];
    for (let report = await sender.sendNextDue(); report !== null; report = await sender.sendNextDue()) {
      told.push(`${report.step} ${report.kind}`);
    }
    return told;
  };
  const signUp = async (email = 'maria@example.com') => {
    const messageId = systemRandom.uuid();
    const signup = newSignup({ offer: 'chart', email, at: clock.now() });
    await store.recordSignup(signup, LIMITS, { messageId });
    return messageId;
  };
  return { fake, store, clock, timetable, pass, signUp };
}

it('a connection lost after DATA ends in doubt, and the email is never offered again by itself', async () => {
  const { fake, clock, pass, signUp } = await smtpKit();
  fake.mode({ at: 'whole message', does: 'break' });
  const messageId = await signUp();
  expect(await pass()).toEqual(['delivery in_doubt']);
  fake.mode(null);
  for (const later of [MINUTE, HOUR, 22 * HOUR]) {
    clock.advance(later);
    expect(await pass()).toEqual([]);
  }
  clock.advance(30 * DAY);
  // The document may well have arrived, so that its reminder is due as ever; the delivery itself stays where it is.
  expect((await pass()).filter((line) => line.startsWith('delivery'))).toEqual([]);
  expect(fake.accepted.filter(({ message }) => message.includes(`<${messageId}@`))).toHaveLength(1);
});

it('the coach’s “send again” offers it once more under the same Message-ID, by which a mailbox may know a second copy', async () => {
  const { fake, store, clock, timetable, pass, signUp } = await smtpKit();
  fake.mode({ at: 'whole message', does: 'break' });
  const messageId = await signUp();
  await pass();
  fake.mode(null);
  clock.advance(HOUR);
  const word = { messageId, word: 'send_again', at: clock.now(), timetable } as const;
  expect(await store.settleDoubt(word)).toBe('settled');
  expect(await pass()).toEqual(['delivery submitted']);
  const ids = fake.accepted.map(({ message }) => /^Message-ID: (.+)$/m.exec(message)?.[1]?.trim());
  expect(ids).toEqual(Array(2).fill(`<${messageId}@harbour.example>`));
});

it('a connection lost before DATA is tried again, and one copy arrives', async () => {
  const { fake, clock, pass, signUp } = await smtpKit();
  await signUp();
  for (const at of ['greeting', 'RCPT', 'DATA'] as const) {
    fake.mode({ at, does: 'break' });
    expect(await pass()).toEqual(['delivery retry']);
    clock.advance(HOUR);
  }
  fake.mode({ at: 'RCPT', does: { say: '450 4.2.0 Greylisted' } });
  expect(await pass()).toEqual(['delivery retry']);
  clock.advance(HOUR);
  fake.mode(null);
  expect(await pass()).toEqual(['delivery submitted']);
  expect(fake.accepted).toHaveLength(1);
});

it('what a crash interrupted is in doubt as well: nobody is connected to again for it', async () => {
  const { fake, store, clock, timetable, pass, signUp } = await smtpKit();
  const messageId = await signUp();
  const leaseToken = 'serve:before-the-crash';
  await store.claimNextDue({ now: clock.now(), leaseMs: MINUTE, leaseToken, timetable });
  const payload = Buffer.from('{}');
  const begun = { messageId, leaseToken, payload, subject: '', transport: 'smtp', choices: null };
  expect(await store.beginTry({ ...begun, at: clock.now() })).not.toBeNull();
  await store.releaseLeases('serve', clock.now());
  expect(await pass()).toEqual(['delivery in_doubt']);
  clock.advance(HOUR);
  expect(await pass()).toEqual([]);
  expect(fake.connections().begun).toBe(0);
});

it('a mailbox that does not exist bounces at once, and its lead gets nothing more', async () => {
  const { fake, store, clock, pass, signUp } = await smtpKit();
  fake.mode({ at: 'RCPT', does: { say: '550 5.1.1 User unknown' } });
  await signUp();
  expect(await pass()).toEqual(['delivery bounced']);
  expect(await store.findLeadByEmail('maria@example.com')).toMatchObject({ status: 'bounced' });
  fake.mode(null);
  clock.advance(DAY);
  await signUp();
  expect((await pass()).filter((line) => !line.endsWith('skipped'))).toEqual([]);
  expect(fake.accepted).toEqual([]);
});

it('a wrong password stops everything, with a reason that names neither user nor password, and loses nothing', async () => {
  const { fake, store, clock, pass, signUp } = await smtpKit({ user: 'ana', password: 'right-one' });
  await signUp();
  await signUp('bea@example.com');
  expect(await pass()).toEqual(['delivery paused']);
  const pause = await store.senderPause(clock.now());
  expect(pause).toMatchObject({ kind: 'account' });
  expect(pause?.reason).toMatch(/^the mail server refuses the login \(535 5\.7\.8\)/);
  expect(pause?.reason).not.toContain('wrong-one');
  expect(fake.connections().begun).toBe(1);
  clock.advance(HOUR);
  expect(await pass()).toEqual(['delivery paused']);
});
