import { domainOf, isLargeMailProvider } from '../../kernel/address.ts';
import { DAY, MINUTE } from '../../kernel/clock.ts';
import type { SignupLimits } from '../../signup/port.ts';
import type { Ground } from './ground.ts';
import { addressMails } from './schema/house.ts';

/** Hourly limits are sliding sums over counts per minute: exact to the minute, and they survive a restart. */
const WINDOW = 60;
/** Days for which an address's unconfirmed emails count. */
const UNCONFIRMED_DAYS = 30;

export type Limited = {
  readonly kind: 'limited';
  readonly scope: 'network' | 'domain' | 'overall';
  readonly retryAt: number;
};

const networkRate = (network: string) => `network ${network}`;
const domainRate = (email: string) => `domain ${domainOf(email)}`;
const OVERALL = 'overall';

export function networkLimit(
  ground: Ground,
  network: string,
  limits: SignupLimits,
  at: number,
): Limited | null {
  return limitedUntil(ground, 'network', networkRate(network), limits.networkPerHour, at);
}

/** The limits on emails: of the recipient's domain, then over all. */
export function mailLimit(ground: Ground, email: string, limits: SignupLimits, at: number): Limited | null {
  const perDomain = isLargeMailProvider(domainOf(email)) ? limits.largeDomainPerHour : limits.domainPerHour;
  return (
    limitedUntil(ground, 'domain', domainRate(email), perDomain, at) ??
    limitedUntil(ground, 'overall', OVERALL, limits.overallPerHour, at)
  );
}

/** Whether a mailbox has had its share of delivery emails. @param mailbox its keyed hash. */
export function addressShareUsed(ground: Ground, mailbox: string, limits: SignupLimits, at: number): boolean {
  const used = ground
    .sql<{ latest: number | null; day: number; unconfirmed: number }>(
      `select max(at) latest, coalesce(sum(at > :day_ago), 0) day, coalesce(sum(confirmed = 0), 0) unconfirmed
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

export function countSignup(ground: Ground, network: string, at: number): void {
  count(ground, networkRate(network), at);
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
