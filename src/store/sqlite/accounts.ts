import type { InferSelectModel } from 'drizzle-orm';
import type { Account, DeskStore } from '../../desk/port.ts';
import type { Ground } from './ground.ts';
import { accounts } from './schema/house.ts';

type AccountRecord = InferSelectModel<typeof accounts>;

export function accountActs(
  ground: Ground,
): Pick<DeskStore, 'accounts' | 'setPassword' | 'setCsvToken' | 'csvTokenAccount'> {
  return {
    accounts: async () => accountRows(ground).map(asAccount),
    setPassword: async (change) => await ground.commit(() => setPassword(ground, change)),
    setCsvToken: async (accountId, tokenHash, at) =>
      await ground.commit(() => {
        ground
          .sql(
            `insert into csv_tokens (account_id, token_hash, at) select id, ?, ? from accounts where account_id = ?
             on conflict (account_id) do update set token_hash = excluded.token_hash, at = excluded.at`,
          )
          .run(tokenHash, at, accountId);
      }),
    csvTokenAccount: async (tokenHash) =>
      ground
        .sql<{ accountId: string }>(
          `select a.account_id accountId from csv_tokens t join accounts a on a.id = t.account_id where t.token_hash = ?`,
        )
        .get(tokenHash)?.accountId ?? null,
  };
}

function setPassword(ground: Ground, change: Parameters<DeskStore['setPassword']>[0]): void {
  const { accountId, passwordHash, at } = change;
  const email = change.email?.toLowerCase() ?? null;
  const known = meantAccount(accountRows(ground), email);
  if (known === undefined) {
    ground.rows.insert(accounts, { accountId, email, passwordHash, createdAt: at, passwordChangedAt: at });
    return;
  }
  ground.rows.update(accounts, known.id, {
    passwordHash,
    passwordChangedAt: at,
    email: email ?? known.email,
  });
  ground.sql('delete from sessions where account_id = ?').run(known.id);
}

/** Whose password it is. An account made without an address takes the first one that is named. */
function meantAccount(all: readonly AccountRecord[], email: string | null): AccountRecord | undefined {
  const [only, ...others] = all;
  if (email !== null) {
    return (
      all.find((account) => account.email === email) ??
      (only?.email === null && others.length === 0 ? only : undefined)
    );
  }
  return others.length === 0 ? only : all.find((account) => account.email === null);
}

function accountRows(ground: Ground): readonly AccountRecord[] {
  return ground
    .sql<AccountRecord>(
      `select id, account_id accountId, email, password_hash passwordHash, created_at createdAt,
         password_changed_at passwordChangedAt from accounts order by id`,
    )
    .all();
}

function asAccount({ accountId, email, passwordHash }: AccountRecord): Account {
  return { accountId, email, passwordHash };
}
