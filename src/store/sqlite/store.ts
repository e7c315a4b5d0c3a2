import { systemClock } from '../../kernel/clock.ts';
import type { Clock } from '../../kernel/clock.ts';
import { systemRandom } from '../../kernel/random.ts';
import type { Store } from '../port.ts';
import { accountActs } from './accounts.ts';
import { visitorActs } from './acts.ts';
import { campaignNumberActs } from './campaign-numbers.ts';
import { claimActs } from './claim.ts';
import { clickActs } from './clicks.ts';
import { confirmActs } from './confirm.ts';
import { consentActs } from './consents.ts';
import { controlActs } from './control.ts';
import { dataLinkActs } from './data-links.ts';
import { demoActs } from './demo.ts';
import { documentNumberActs } from './document-numbers.ts';
import { doubtActs } from './doubts.ts';
import { emailsPageActs } from './emails-page.ts';
import { eraseActs } from './erase.ts';
import { findLeadActs } from './find-lead.ts';
import { findSignupActs } from './find-signup.ts';
import { createGround } from './ground.ts';
import { heldActs } from './held.ts';
import { housekeepActs } from './housekeep.ts';
import { openStopJournal } from './journal.ts';
import { leadDataActs } from './lead-data.ts';
import { leadsPageActs } from './leads-page.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { numberActs } from './numbers.ts';
import { openDatabase } from './open.ts';
import { placeActs } from './places.ts';
import { pauseActs } from './pauses.ts';
import { preferenceActs } from './preferences.ts';
import { proofActs } from './proofs/prove.ts';
import { providerReportActs } from './provider-reports.ts';
import { queueActs } from './queue.ts';
import { removeActs } from './remove.ts';
import { renewActs } from './renew.ts';
import { restoredActs } from './restored.ts';
import { sessionActs } from './sessions.ts';
import { settleActs } from './settle.ts';
import { SETTING } from './settings.ts';
import { signupActs } from './signups.ts';
import { tryActs } from './tries.ts';
import { stepNumberActs } from './step-numbers.ts';
import { wordingActs } from './wordings.ts';

export type StoreOptions = {
  readonly dataDir: string;
  /** Names the backups made before migrations. */
  readonly clock?: Clock;
  /** Folder of migrations as drizzle-kit writes it; another one only in tests. */
  readonly migrations?: string;
};

/**
 * Opens `funnel.db` in the data folder, made and migrated as needed. Takes no lock: commands work beside a running server.
 * Throws `StoreRefusal` when the database cannot be used as it is.
 */
export function openStore({ dataDir, clock = systemClock, migrations = MIGRATIONS }: StoreOptions): Store {
  const raw = openDatabase(dataDir);
  try {
    migrate(raw, { dataDir, now: clock.now(), folder: migrations });
    const ground = createGround(
      raw,
      openStopJournal(dataDir),
      madeOnce(raw, SETTING.suppressionKey, () => systemRandom.token(32)),
    );
    madeOnce(raw, SETTING.instanceId, () => systemRandom.uuid());
    return {
      ...signupActs(ground),
      ...findSignupActs(ground),
      ...confirmActs(ground),
      ...renewActs(ground),
      ...removeActs(ground),
      ...heldActs(ground),
      ...wordingActs(ground),
      ...visitorActs(ground),
      ...clickActs(ground),
      ...housekeepActs(ground),
      ...findLeadActs(ground),
      ...consentActs(ground),
      ...preferenceActs(ground),
      ...dataLinkActs(ground),
      ...leadDataActs(ground),
      ...eraseActs(ground),
      ...leadsPageActs(ground),
      ...numberActs(ground),
      ...stepNumberActs(ground),
      ...documentNumberActs(ground),
      ...campaignNumberActs(ground),
      ...placeActs(ground),
      ...claimActs(ground),
      ...tryActs(ground),
      ...settleActs(ground),
      ...doubtActs(ground),
      ...pauseActs(ground),
      ...queueActs(ground),
      ...providerReportActs(ground),
      ...accountActs(ground),
      ...sessionActs(ground),
      ...emailsPageActs(ground),
      ...demoActs(ground),
      ...restoredActs(ground),
      ...controlActs(ground),
      ...proofActs(ground),
    };
  } catch (error) {
    raw.close();
    throw error;
  }
}

/** A value that is made with the database and never changes; of two programs that start at once the first one's counts. */
function madeOnce(raw: ReturnType<typeof openDatabase>, key: string, make: () => string): string {
  const read = raw.prepare<[string], string>('select value from settings where key = ?').pluck();
  const known = read.get(key);
  if (known !== undefined) return known;
  raw.prepare('insert into settings (key, value) values (?, ?) on conflict do nothing').run(key, make());
  return read.get(key) ?? '';
}
