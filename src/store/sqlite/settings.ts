import type { Ground } from './ground.ts';

type Sql = Pick<Ground, 'sql'>;

export function readSetting(ground: Sql, key: string): string | null {
  return ground.sql<{ value: string }>('select value from settings where key = ?').get(key)?.value ?? null;
}

export function writeSetting(ground: Sql, key: string, value: string): void {
  ground
    .sql(
      'insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
    )
    .run(key, value);
}

export function deleteSetting(ground: Sql, key: string): void {
  ground.sql('delete from settings where key = ?').run(key);
}

export const SETTING = {
  /** Key of the hashes that stand for addresses; never rotated. */
  suppressionKey: 'store.suppression_key',
  instanceId: 'store.instance_id',
  sentLiveAt: 'sender.sent_live_at',
  /** A pause that ends by itself. */
  senderPause: 'sender.pause',
  /** A pause that a person must end. */
  senderHold: 'sender.hold',
  probe: 'store.probe',
  /** Number of the newest stop in the journal that this database knows. */
  lastStop: 'stops.last',
  /** JSON: what `restore` left behind, so that the same backup may be restored again. */
  restored: 'store.restored',
} as const;
