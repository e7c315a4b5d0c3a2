import type { StoreControl, StoreFacts } from '../port.ts';
import type { Ground } from './ground.ts';
import { rowCounts, schemaVersion } from './migrate.ts';
import { pragmasOf, sqliteVersion } from './open.ts';
import { readSetting, SETTING, writeSetting } from './settings.ts';

export function controlActs(
  ground: Ground,
): Omit<StoreControl, 'fillWithDemoLeads' | 'missedStops' | 'replayStops'> {
  const { raw } = ground;
  return {
    close: async () => {
      ground.flush();
      ground.journal.close();
      raw.close();
    },
    facts: async () => factsOf(ground),
    quickCheck: async () =>
      (raw.pragma('quick_check') as readonly { readonly quick_check: string }[])
        .map((row) => row.quick_check)
        .filter((finding) => finding !== 'ok'),
    isWritable: async () => {
      try {
        // A changing value: SQLite would not write a page that stays the same.
        const last = Number(readSetting(ground, SETTING.probe) ?? 0);
        await ground.commit(() => writeSetting(ground, SETTING.probe, String(last + 1)));
        return true;
      } catch {
        return false;
      }
    },
    firstLeadAt: async () => firstLeadAt(ground),
    setting: async (key) => readSetting(ground, key),
    setSetting: async (key, value) => await ground.commit(() => writeSetting(ground, key, value)),
  };
}

export function firstLeadAt(ground: Ground): number | null {
  // Made-up leads go into an empty database only: when the first one is real, all are.
  const first = ground
    .sql<{ at: number; demo: number }>(
      'select created_at at, demo from leads order by created_at, id limit 1',
    )
    .get();
  return first === undefined || first.demo === 1 ? null : first.at;
}

export function factsOf(ground: Ground): StoreFacts {
  const { raw } = ground;
  const sentLiveAt = readSetting(ground, SETTING.sentLiveAt);
  return {
    schemaVersion: schemaVersion(raw),
    sqliteVersion: sqliteVersion(raw),
    pragmas: pragmasOf(raw),
    rows: Object.fromEntries(rowCounts(raw)),
    instanceId: readSetting(ground, SETTING.instanceId) ?? '',
    sentLiveAt: sentLiveAt === null ? null : Number(sentLiveAt),
  };
}
