import { DAY, HOUR, MINUTE } from '../../kernel/clock.ts';
import type { SignupStore } from '../../signup/port.ts';
import type { Ground } from './ground.ts';
import { removeSignup } from './remove.ts';
import { signups } from './schema/people.ts';
import { SESSION_IDLE, SESSION_LONGEST } from './sessions.ts';

/** Signups deleted in one transaction: a few milliseconds, so that visitors do not wait. */
const BATCH = 200;

export function housekeepActs(ground: Ground): Pick<SignupStore, 'housekeep'> {
  return {
    housekeep: async ({ heldBefore, unconfirmedBefore, now }) => {
      await removeOld(ground, 'held', heldBefore, now);
      await removeOld(ground, 'accepted', unconfirmedBefore, now);
      await ground.commit(() => forgetCounters(ground, now));
    },
  };
}

async function removeOld(
  ground: Ground,
  state: 'accepted' | 'held',
  before: number,
  now: number,
): Promise<void> {
  let removed = 0;
  do {
    removed = await ground.commit(() => {
      const old = ground
        .sql<{ id: number }>(
          `select signups.id from signups left join leads on leads.id = signups.lead_id
           where state = ? and signups.confirmed_at is null and signups.created_at < ? and coalesce(demo, 0) = 0
           order by signups.created_at limit ${BATCH}`,
        )
        .all(state, before);
      for (const { id } of old) {
        const signup = ground.rows.find(signups, signups.id, id);
        if (signup !== undefined) removeSignup(ground, signup, now);
      }
      return old.length;
    });
  } while (removed === BATCH);
}

function forgetCounters(ground: Ground, now: number): void {
  ground
    .sql('delete from sessions where last_seen_at < ? or created_at < ?')
    .run(now - SESSION_IDLE, now - SESSION_LONGEST);
  ground.sql('delete from wrong_passwords where at < ?').run(now - DAY);
  ground.sql('delete from rate_minutes where minute < ?').run(Math.floor((now - 2 * HOUR) / MINUTE));
  ground.sql('delete from address_mails where at < ?').run(now - 30 * DAY);
}
