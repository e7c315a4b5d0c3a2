import type { Ground } from './ground.ts';

export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained' | 'erased';

/** Puts a suppression in force; one that was lifted comes back. */
export function suppress(ground: Ground, addressHash: string, reason: SuppressionReason, at: number): void {
  ground
    .sql(
      `insert into suppressions (address_hash, reason, at) values (?, ?, ?)
       on conflict (address_hash, reason) do update set at = excluded.at, lifted_at = null where lifted_at is not null`,
    )
    .run(addressHash, reason, at);
}

/** A new yes by the person herself lifts what she had asked for. A bounce or a complaint stays. */
export function liftOwnSuppressions(ground: Ground, addressHash: string, at: number): void {
  ground
    .sql(
      `update suppressions set lifted_at = ?
       where address_hash = ? and reason in ('unsubscribed', 'erased') and lifted_at is null`,
    )
    .run(at, addressHash);
}

/** All reasons in force for an address. */
export function suppressionsOf(ground: Ground, addressHash: string): ReadonlySet<SuppressionReason> {
  const rows = ground
    .sql<{ reason: SuppressionReason }>(
      'select reason from suppressions where address_hash = ? and lifted_at is null',
    )
    .all(addressHash);
  return new Set(rows.map(({ reason }) => reason));
}

/** A bounce or a complaint, which forbids every email; the worse one first. */
export function mailboxFault(ground: Ground, addressHash: string): 'bounced' | 'complained' | null {
  const reasons = suppressionsOf(ground, addressHash);
  return reasons.has('complained') ? 'complained' : reasons.has('bounced') ? 'bounced' : null;
}
