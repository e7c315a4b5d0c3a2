import type { Config } from './config/config.ts';
import type { Content } from './content/model.ts';

/** The parts of a funnel that decide. */
type Judged = {
  readonly config: Pick<Config, 'mail'>;
  readonly content: { current(): Pick<Content, 'site'> };
  readonly store: { facts(): Promise<{ readonly sentLiveAt: number | null }> };
};

/**
 * What speaks against sending now: drafts to real people, or real people's emails into files. Empty when nothing does.
 * @param offlineCopy the operator says that the database is a copy for looking around.
 */
export async function sendingRefusals(funnel: Judged, offlineCopy: boolean): Promise<readonly string[]> {
  return funnel.config.mail.live ? draftsLeft(funnel) : await lostEmails(funnel, offlineCopy);
}

function draftsLeft(funnel: Judged): readonly string[] {
  const { site } = funnel.content.current();
  const refusals: string[] = [];
  if (site.sample) {
    refusals.push(
      'site.yaml: the content is the sample, and its texts are drafts. Approve them, then set “sample: false”.',
    );
  }
  if (/\[[^\]]*\]/.test(site.postalAddress)) {
    refusals.push(
      'site.yaml: postal_address is still a placeholder. Emails must carry a real postal address; write yours.',
    );
  }
  return refusals;
}

async function lostEmails(funnel: Judged, offlineCopy: boolean): Promise<readonly string[]> {
  const { sentLiveAt } = await funnel.store.facts();
  if (sentLiveAt === null || offlineCopy) return [];
  const since = new Date(sentLiveAt).toISOString().slice(0, 10);
  const now = {
    outbox:
      'and now neither RESEND_API_KEY nor SMTP_URL is set: what is due would be lost in files. Set the one that was used,',
    resend: 'and now RESEND_BASE_URL leads to this machine: what is due would be lost. Remove it,',
    smtp: 'and now SMTP_URL leads to this machine: what is due might be lost. Name the mail server that was used,',
  }[funnel.config.mail.transport.kind];
  return [
    `This database has sent real emails (since ${since}), ${now} or add --offline-copy if this is a copy for looking around.`,
  ];
}
