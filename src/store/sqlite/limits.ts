import { domainOf, isLargeMailProvider } from '../../kernel/address.ts';
import { DAY, MINUTE } from '../../kernel/clock.ts';
import type { LimitScope, NewSignup, SignupLimits } from '../../signup/port.ts';
import type { Ground } from './ground.ts';
import { addressMails } from './schema/house.ts';

/** Hourly limits are sliding sums over counts per minute: exact to the minute, and they survive a restart. */
const WINDOW = 60;
/** Days for which an address's unconfirmed emails count. */
const UNCONFIRMED_DAYS = 30;

export type Limited = {
  readonly kind: 'limited';
  readonly scope: LimitScope;
  readonly retryAt: number;
};

const networkRate = (network: string) => `network ${network}`;
const domainRate = (email: string) => `domain ${domainOf(email)}`;
const OVERALL = 'overall';
/** Held signups send no email; counted by themselves, so that machines cannot fill the disk, nor use up what visitors need. */
const HELD = 'held';

/**
 * The limits that a form meets whatever its address: of its network, then on emails, of the recipient's domain and over all. Spends
 * the work that it came with, if it comes so far.
 */
export function signupLimit(ground: Ground, signup: NewSignup, limits: SignupLimits): Limited | null {
  const { network, email, held, at } = signup;
  const crowded = limitedUntil(ground, 'network', networkRate(network), limits.networkPerHour, at);
  if (crowded !== null) return crowded;
  if (held) return limitedUntil(ground, 'ceiling', HELD, limits.overallPerHour, at);
  const perDomain = isLargeMailProvider(domainOf(email)) ? limits.largeDomainPerHour : limits.domainPerHour;
  const besieged = limitedUntil(ground, 'domain', domainRate(email), perDomain, at);
  if (besieged !== null) return besieged;
  return overallLimit(ground, spend(ground, signup), limits, at);
}

/** A form meets the ceiling with work or without: a sum that cannot help is not asked for. The time is that from which none is needed. */
function overallLimit(ground: Ground, worked: boolean, limits: SignupLimits, at: number): Limited | null {
  const { overallPerHour, overallWithWorkPerHour } = limits;
  const crowded = limitedUntil(ground, 'overall', OVERALL, overallPerHour, at);
  if (crowded === null) return null;
  const most = Math.max(overallPerHour, overallWithWorkPerHour);
  if (limitedUntil(ground, 'ceiling', OVERALL, most, at) !== null) return { ...crowded, scope: 'ceiling' };
  return worked ? null : crowded;
}

/** Whether there was work that nobody had used before. From here on it is used, needed or not: else its use would tell what was needed. */
function spend(ground: Ground, { work }: NewSignup): boolean {
  if (work === null) return false;
  const { id, until } = work;
  return (
    ground.sql('insert or ignore into spent_work (work_id, until) values (?, ?)').run(id, until).changes === 1
  );
}

/** Whether a mailbox has had its share of delivery emails. @param mailbox its keyed hash. */
export function addressShareUsed(ground: Ground, mailbox: string, limits: SignupLimits, at: number): boolean {
  const used = ground
    .sql<{ latest: number | null; day: number; unconfirmed: number }>(
      `select max(case when reminder = 0 then at end) latest, coalesce(sum(at > :day_ago), 0) day,
         coalesce(sum(confirmed = 0 and reminder = 0), 0) unconfirmed
       from address_mails where address_hash = :hash and at > :month_ago`,
    )
    .get({ hash: mailbox, day_ago: at - DAY, month_ago: at - UNCONFIRMED_DAYS * DAY });
  return (
    used !== undefined &&
    ((used.latest !== null && used.latest > at - limits.addressGapMinutes * MINUTE) ||
      used.day >= limits.addressPerDay ||
      used.unconfirmed >= limits.addressUnconfirmedPerMonth)
  );
}

export function countSignup(ground: Ground, { network, held, at }: NewSignup): void {
  count(ground, networkRate(network), at);
  if (held) count(ground, HELD, at);
}

/** Counts a delivery or renewal email that is being queued. */
export function countMail(
  ground: Ground,
  mail: { readonly email: string; readonly mailbox: string; readonly signupId: string; readonly at: number },
): void {
  const { email, mailbox, signupId, at } = mail;
  count(ground, domainRate(email), at);
  count(ground, OVERALL, at);
  ground.rows.insert(addressMails, { addressHash: mailbox, at, signupId });
}

/** Writes what `countMail` would, where it counts for nobody. See `decoys.ts`. */
export function countDecoy(ground: Ground, id: string, at: number): void {
  count(ground, 'decoy domain', at);
  count(ground, 'decoy overall', at);
  const row = ground.rows.insert(addressMails, { addressHash: ground.mailboxHash(id), at, signupId: id });
  ground.sql('delete from address_mails where id = ?').run(row);
}

/**
 * Whether the reminder of a signup may go out, and counts it if so: only the last email to a mailbox is followed by one. Somebody who
 * was signed up by strangers gets three emails in a day at most, and not as many reminders on top.
 */
export function takeReminder(
  ground: Ground,
  signup: { readonly email: string; readonly signupId: string },
  at: number,
): boolean {
  const own = { hash: ground.mailboxHash(signup.email), own: signup.signupId };
  const later = ground
    .sql(
      `select 1 from address_mails where address_hash = :hash and signup_id <> :own and at >
         (select max(at) from address_mails where address_hash = :hash and signup_id = :own and reminder = 0) limit 1`,
    )
    .get(own);
  if (later !== undefined) return false;
  // A claim may be repeated; the email is one.
  ground
    .sql(
      `insert into address_mails (address_hash, at, signup_id, reminder) select :hash, :at, :own, 1 where not exists
         (select 1 from address_mails where address_hash = :hash and signup_id = :own and reminder = 1)`,
    )
    .run({ ...own, at });
  return true;
}

/** The mailbox's owner has pressed a button: what she was sent so far was wanted. */
export function confirmMailbox(ground: Ground, email: string): void {
  ground
    .sql('update address_mails set confirmed = 1 where address_hash = ? and confirmed = 0')
    .run(ground.mailboxHash(email));
}

function count(ground: Ground, key: string, at: number): void {
  ground
    .sql(
      `insert into rate_minutes (key, minute, count) values (?, ?, 1)
       on conflict (key, minute) do update set count = count + 1`,
    )
    .run(key, Math.floor(at / MINUTE));
}

function limitedUntil(
  ground: Ground,
  scope: Limited['scope'],
  key: string,
  limit: number,
  at: number,
): Limited | null {
  const since = Math.floor(at / MINUTE) - WINDOW;
  const sum = ground
    .sql<{ total: number | null }>('select sum(count) total from rate_minutes where key = ? and minute > ?')
    .get(key, since);
  let total = sum?.total ?? 0;
  if (total < limit) return null;
  const minutes = ground
    .sql<{ minute: number; count: number }>(
      'select minute, count from rate_minutes where key = ? and minute > ? order by minute',
    )
    .all(key, since);
  for (const { minute, count: counted } of minutes) {
    total -= counted;
    if (total < limit) return { kind: 'limited', scope, retryAt: (minute + WINDOW) * MINUTE };
  }
  return { kind: 'limited', scope, retryAt: at + WINDOW * MINUTE };
}
