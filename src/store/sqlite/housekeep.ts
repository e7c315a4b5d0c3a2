import { DAY, HOUR, MINUTE } from '../../kernel/clock.ts';
import type { SignupStore } from '../../signup/port.ts';
import { emptyLog } from './checkpoint.ts';
import type { Ground } from './ground.ts';
import { forgetProviderEvents } from './provider-events.ts';
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
      emptyLog(ground);
    },
  };
}

/**
 * Old by its own instant and by those of its links: a renewal, or the coach's release of a held one, mails a link anew,
 * and that must live as long as any other. `step` and `enrollment_id` are there for the index.
 */
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
           where state = :state and signups.confirmed_at is null and signups.created_at < :before
             and coalesce(leads.demo, 0) = 0
             and not exists (
               select 1 from messages m where m.signup_id = signups.id and m.enrollment_id is null
                 and m.step in ('delivery', 'renewal') and m.planned_at >= :before)
           order by signups.created_at limit ${BATCH}`,
        )
        .all({ state, before });
      for (const { id } of old) {
        const signup = ground.rows.find(signups, signups.id, id);
        if (signup !== undefined) removeSignup(ground, signup, now, 'expired');
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
  ground.sql('delete from spent_work where until < ?').run(now - HOUR);
  forgetProviderEvents(ground, now);
  ground.sql('delete from address_mails where at < ?').run(now - 30 * DAY);
}
