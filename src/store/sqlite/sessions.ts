import type { DeskStore, Session } from '../../desk/port.ts';
import { HOUR, MINUTE } from '../../kernel/clock.ts';
import type { Ground } from './ground.ts';

/** OWASP ASVS 5.0, 7.3.1 and 7.3.2: an idle and an absolute end. */
export const SESSION_IDLE = 30 * MINUTE;
export const SESSION_LONGEST = 12 * HOUR;
/** A session that was touched this lately is not written again: a page with ten requests costs one flush. */
const TOUCH_EVERY = MINUTE;

type SessionActs = Pick<
  DeskStore,
  | 'startSession'
  | 'useSession'
  | 'endSession'
  | 'recordWrongPassword'
  | 'wrongPasswords'
  | 'clearWrongPasswords'
>;

export function sessionActs(ground: Ground): SessionActs {
  return {
    startSession: async ({ tokenHash, accountId, at }) =>
      await ground.commit(() => {
        ground
          .sql(
            `insert into sessions (token_hash, account_id, created_at, last_seen_at)
             select :tokenHash, id, :at, :at from accounts where account_id = :accountId`,
          )
          .run({ tokenHash, accountId, at });
      }),
    useSession: async (tokenHash, at) => await useSession(ground, tokenHash, at),
    endSession: async (tokenHash) =>
      await ground.commit(() => {
        ground.sql('delete from sessions where token_hash = ?').run(tokenHash);
      }),
    recordWrongPassword: async (key, at) =>
      await ground.commit(() => {
        ground.sql('insert into wrong_passwords (key, at) values (?, ?)').run(key, at);
      }),
    wrongPasswords: async (key, since) =>
      ground
        .sql<{ count: number; oldest: number | null }>(
          'select count(*) count, min(at) oldest from wrong_passwords where key = ? and at > ?',
        )
        .get(key, since) ?? { count: 0, oldest: null },
    clearWrongPasswords: async (key) =>
      await ground.commit(() => {
        ground.sql('delete from wrong_passwords where key = ?').run(key);
      }),
  };
}

async function useSession(ground: Ground, tokenHash: string, at: number): Promise<Session | null> {
  const session = ground
    .sql<Session>(
      `select a.account_id accountId, s.created_at createdAt, s.last_seen_at lastSeenAt
       from sessions s join accounts a on a.id = s.account_id where s.token_hash = ?`,
    )
    .get(tokenHash);
  if (
    session === undefined ||
    at - session.createdAt >= SESSION_LONGEST ||
    at - session.lastSeenAt > SESSION_IDLE
  ) {
    return null;
  }
  if (at - session.lastSeenAt < TOUCH_EVERY) return session;
  await ground.commit(() => {
    ground.sql('update sessions set last_seen_at = ? where token_hash = ?').run(at, tokenHash);
  });
  return { ...session, lastSeenAt: at };
}
