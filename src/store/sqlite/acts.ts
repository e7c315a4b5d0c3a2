import type { SignupStore } from '../../signup/port.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { downloads } from './schema/ledger.ts';
import { signups } from './schema/people.ts';

/** What visitors do after a signup, and the count of page views. */
export function visitorActs(ground: Ground): Pick<SignupStore, 'recordDownload' | 'addPageViews'> {
  return {
    recordDownload: async (download) => await ground.commit(() => recordDownload(ground, download)),
    addPageViews: async (views) => {
      if (views.length > 0) await ground.commit(() => addPageViews(ground, views));
    },
  };
}

function recordDownload(ground: Ground, download: Parameters<SignupStore['recordDownload']>[0]): void {
  const signup = ground.rows.find(signups, signups.signupId, download.signupId);
  if (signup === undefined || signup.leadId === null) return;
  const { at, contentVersion, sha256, bytes } = download;
  const { leadId, offer } = signup;
  ground.rows.insert(downloads, { leadId, signupId: signup.id, at, contentVersion, sha256, bytes });
  ground
    .sql(
      'update leads set downloads = downloads + 1, first_download_at = coalesce(first_download_at, ?) where id = ?',
    )
    .run(at, leadId);
  recordEvent(ground, { leadId, kind: 'document.downloaded', actor: 'person', at, detail: { offer } });
}

function addPageViews(ground: Ground, views: Parameters<SignupStore['addPageViews']>[0]): void {
  for (const { day, path, count } of views) {
    ground
      .sql(
        `insert into page_views (day, path, count) values (?, ?, ?)
         on conflict (day, path) do update set count = count + excluded.count`,
      )
      .run(day, path, count);
  }
}
