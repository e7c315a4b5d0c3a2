import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import type { SendOutcome } from '../../src/sequence/port.ts';
import type { LedgerFinding } from '../../src/sequence/proofs-port.ts';
import type { Store } from '../../src/store/port.ts';
import { confirmedLead, fakeTimetable, press, sendAllDue, signUp, START, uuid } from './store.ts';

/** Claims the one message that is due first and ends its try as told. @returns its id, null when nothing was taken. */
export async function tryOne(store: Store, at: number, outcome: SendOutcome | null): Promise<string | null> {
  const timetable = fakeTimetable();
  const leaseToken = `send:${uuid()}`;
  const claim = await store.claimNextDue({ now: at, leaseMs: MINUTE, leaseToken, timetable });
  if (claim?.kind !== 'claimed') return null;
  const { messageId, step, kind } = claim.message;
  const payload = claim.message.payload ?? new TextEncoder().encode(`${step} of ${messageId} at ${at}`);
  const begun = { messageId, leaseToken, payload, subject: step, transport: 'resend', choices: null, at };
  const tryNumber = await store.beginTry(begun);
  // Null: the process died during the try.
  if (tryNumber === null || outcome === null) return messageId;
  const reminder = kind === 'delivery' ? { messageId: uuid(), dueAt: at + DAY } : null;
  await store.settle({ messageId, leaseToken, tryNumber, outcome, at, timetable, reminder });
  return messageId;
}

/** Three weeks of everything that may rightly happen, hour by hour. @returns the instant after it. */
export async function eventfulWeeks(store: Store): Promise<number> {
  const timetable = fakeTimetable();
  const at = (hours: number) => START + hours * HOUR;
  const email = (name: string) => ({ email: `${name}@example.com` });
  const context = (hours: number) => ({ at: at(hours), place: '/preferences', timetable });

  for (const name of ['ana', 'ben', 'cem', 'dov']) await confirmedLead(store, email(name));
  await signUp(store, { ...email('eve'), consent: null });
  await sendAllDue(store, at(1));
  // A second signup, pressed in the hurry of the first days; and one that somebody else made.
  const second = await signUp(store, { ...email('ana'), offer: 'infographic', at: at(2) });
  await store.confirm(second.signupId, press(at(3)));
  const notHers = await signUp(store, { ...email('ben'), offer: 'infographic', at: at(2) });
  await sendAllDue(store, at(4));
  await store.removeSignup(notHers.signupId, at(5));

  const lead = async (name: string) => (await store.findLeadByEmail(`${name}@example.com`))?.leadId ?? '';
  // A try that ended unknown and one that died, then the same bytes again; one refused; one in doubt that arrived.
  await tryOne(store, at(50), { kind: 'retry', at: at(51), reason: 'timeout', ambiguous: true });
  await tryOne(store, at(50), null);
  await tryOne(store, at(50), { kind: 'rejected', reason: 'invalid_parameter 422' });
  const doubtful = await tryOne(store, at(50), {
    kind: 'in_doubt',
    reason: 'invalid_idempotent_request 409',
  });
  await sendAllDue(store, at(52));
  await store.settleDoubt({ messageId: doubtful ?? '', word: 'arrived', at: at(53), timetable });
  await store.changePreferences(await lead('cem'), { kind: 'pause', until: at(140) }, context(60));
  // In doubt, closed by time, sent again by the coach.
  const lost = await tryOne(store, at(100), { kind: 'in_doubt', reason: 'an earlier try ended unknown' });
  await store.catchUp(at(126), timetable);
  if (lost !== null) await store.settleDoubt({ messageId: lost, word: 'send_again', at: at(127), timetable });
  // An unsubscribe, a new yes, and the rest of the steps under it; an exit; an erasure.
  await store.changePreferences(await lead('dov'), { kind: 'stop', reason: 'unsubscribed' }, context(128));
  const again = await signUp(store, { ...email('dov'), at: at(150) });
  await sendAllDue(store, at(151));
  await store.confirm(again.signupId, press(at(152)));
  await confirmedLead(store, { ...email('fay'), at: at(153) });
  await sendAllDue(store, at(154));
  await store.eraseLead(await lead('fay'), at(155));
  for (let hours = 156; hours < 500; hours += 1) await sendAllDue(store, at(hours));
  await confirmedLead(store, { ...email('gil'), at: at(500) });
  await sendAllDue(store, at(501));
  await store.changePreferences(await lead('gil'), { kind: 'stop', reason: 'found_job' }, context(502));
  const late = await signUp(store, { ...email('hal'), at: at(503) });
  await sendAllDue(store, at(504));
  await store.confirm(late.signupId, press(at(505)));
  return at(505);
}

/** Writes into the file behind the program's back, against its own rules if need be. */
export function plant(dataDir: string, ...statements: readonly string[]): void {
  const file = new Database(join(dataDir, 'funnel.db'));
  try {
    file.pragma('foreign_keys = OFF');
    for (const statement of statements) file.exec(statement);
  } finally {
    file.close();
  }
}

/** What speaks against the ledger, one line each: `once: 1 emails that …`. */
export function complaints(findings: readonly LedgerFinding[]): readonly string[] {
  return findings.flatMap(({ proof, breaches }) =>
    breaches.map(({ says, count }) => `${proof}: ${count} ${says}`),
  );
}
