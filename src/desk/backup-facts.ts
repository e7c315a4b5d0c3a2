import { BACKUP_FAULT, isCredible, newestBackup } from './backups.ts';
import type { backupWarning } from './backups.ts';
import type { HealthStore } from './port.ts';

/** Setting: when `funnel backup` last wrote a file, UTC milliseconds. */
export const BACKUP_LAST = 'backup.last';

export type BackupFacts = Parameters<typeof backupWarning>[0];

/** What `backupWarning` judges by, for everybody who asks: `/readyz`, the desk and `doctor`. */
export async function backupFacts(
  store: Pick<HealthStore, 'firstLeadAt' | 'setting'>,
  dataDir: string,
  now: number,
): Promise<BackupFacts> {
  const [nightly, byCommand, firstLead, fault] = await Promise.all([
    newestBackup(dataDir, now),
    store.setting(BACKUP_LAST),
    store.firstLeadAt(),
    store.setting(BACKUP_FAULT),
  ]);
  const noted = Number(byCommand ?? 0);
  const newest = Math.max(nightly ?? 0, isCredible(noted, now) ? noted : 0);
  return { newest: newest === 0 ? null : newest, firstLead, fault, now };
}
