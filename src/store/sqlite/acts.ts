import type { SignupStore } from '../../signup/port.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { clicks, downloads, messages } from './schema/ledger.ts';
import { signups } from './schema/people.ts';

/** What visitors do after a signup, and the count of page views. */
export function visitorActs(
  ground: Ground,
): Pick<SignupStore, 'recordDownload' | 'recordClick' | 'stepOf' | 'addPageViews'> {
  return {
    recordDownload: async (download) => await ground.commit(() => recordDownload(ground, download)),
    stepOf: async (messageId) =>
      ground.sql<{ step: string }>('select step from messages where message_id = ?').get(messageId)?.step ??
      null,
    recordClick: async (click) => await ground.commit(() => recordClick(ground, click)),
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

function recordClick(ground: Ground, click: Parameters<SignupStore['recordClick']>[0]): void {
  const message = ground.rows.find(messages, messages.messageId, click.messageId);
  if (message === undefined) return;
  const { slug, at, actor, reason } = click;
  const { leadId } = message;
  ground.rows.insert(clicks, { leadId, messageId: message.id, slug, actor, reason, at });
  if (actor === 'person') ground.sql('update leads set clicks = clicks + 1 where id = ?').run(leadId);
  recordEvent(ground, { leadId, kind: 'link.opened', actor, at, detail: { post: slug, step: message.step } });
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
