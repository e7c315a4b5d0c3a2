import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { DAY } from '../../src/kernel/clock.ts';
import { testFunnel } from '../support/funnel.ts';

const KINDS = [
  'new',
  'unconfirmed',
  'confirmed',
  'unsubscribed',
  'bounced',
  'complained',
  'erased',
  'over-asked',
  'trapped',
] as const;
const addressOf = (kind: string) => `${kind}@example.com`;

/** A funnel that knows an address of each kind. */
async function acquainted() {
  const made = await testFunnel();
  const { funnel, signUp, send, inbox, post, linkIn, clock, dataDir } = made;
  const known = KINDS.filter((kind) => !['new', 'over-asked', 'trapped'].includes(kind));
  for (const kind of known) {
    await signUp({ email: addressOf(kind), follow_up: 'yes' });
    await send();
    const email = inbox.at(-1);
    if (email !== undefined && kind !== 'unconfirmed') await post(linkIn(email, '/download/'), {});
  }
  const lead = async (kind: string) => (await funnel.store.findLeadByEmail(addressOf(kind)))?.leadId ?? '';
  const context = { at: clock.now(), place: '/unsubscribe', timetable: funnel.timetable() };
  const stop = { kind: 'stop', reason: 'unsubscribed' } as const;
  await funnel.store.changePreferences(await lead('unsubscribed'), stop, context);
  await funnel.store.eraseLead(await lead('erased'), clock.now());
  const database = new Database(join(dataDir, 'funnel.db'));
  for (const status of ['bounced', 'complained'])
    database.prepare('update leads set status = ? where email = ?').run(status, addressOf(status));
  database.close();
  clock.advance(2 * DAY);
  await signUp({ email: addressOf('over-asked') });
  await send();
  inbox.splice(0);
  return made;
}

it('whoever an address belongs to, the form is answered with the same status, headers and bytes', async () => {
  const { signUp, send, inbox } = await acquainted();
  const answers = [];
  for (const kind of KINDS) {
    const trap = kind === 'trapped' ? { website: 'https://spam.example' } : {};
    const { statusCode, headers, body } = await signUp({ email: addressOf(kind), follow_up: 'yes', ...trap });
    const { date: _, ...told } = headers;
    answers.push(JSON.stringify({ statusCode, told, body }));
  }
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain('"statusCode":303');
  await send();
  // What they get is another matter.
  const mailed = ['new', 'unconfirmed', 'confirmed', 'unsubscribed', 'erased'].map(addressOf);
  expect(
    inbox.filter(({ tags }) => tags.some(({ value }) => value === 'delivery')).map(({ to }) => to),
  ).toEqual(mailed);
});

it('and so is the question about a slip, also where the typed address is known', async () => {
  const { signUp } = await testFunnel();
  const keep = { email: 'ana@gmial.com', email_asked: 'ana@gmial.com' };
  const asked = async () => (await signUp({ email: 'ana@gmial.com' })).body;
  const before = await asked();
  expect((await signUp(keep)).statusCode).toBe(303);
  expect(await asked()).toBe(before);
});

it('the typed name stands in no email before the address is confirmed: delivery, reminder, renewal', async () => {
  const { signUp, send, inbox, clock, post, linkIn } = await testFunnel();
  await signUp({ first_name: 'Zebulon' });
  await send();
  clock.advance(DAY + DAY / 2);
  await send();
  clock.advance(35 * DAY);
  const [delivery] = inbox;
  if (delivery === undefined) throw new Error('No email came.');
  await post(`${linkIn(delivery, '/download/')}/renew`, {});
  await send();
  expect(inbox.map(({ tags }) => tags.find(({ name }) => name === 'step')?.value)).toEqual([
    'delivery',
    'reminder',
    'renewal',
  ]);
  for (const email of inbox) expect(JSON.stringify(email)).not.toContain('Zebulon');
  // Once she has pressed the button it does.
  const renewal = inbox[2];
  if (renewal === undefined) throw new Error('No renewal came.');
  const page = linkIn(renewal, '/download/');
  expect((await post(page, {})).statusCode).toBe(303);
});
