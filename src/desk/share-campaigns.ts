import { OWN_LINKS } from '../kernel/touch.ts';
import type { CampaignNumbers } from './share-port.ts';

/** A line of the table of campaigns. */
export type CampaignLine = CampaignNumbers & {
  /** What it is, where the funnel set the link itself; null for the coach's. */
  readonly own: string | null;
  /** Fills the link builder with its names again; null where the funnel set the link itself. */
  readonly again: string | null;
};

export function campaignLines(numbers: readonly CampaignNumbers[]): readonly CampaignLine[] {
  return numbers.map((one) => {
    const own = ownLink(one);
    return { ...one, own, again: own === null ? againHref(one) : null };
  });
}

function ownLink({ source, medium }: CampaignNumbers): string | null {
  const { email, sharedCopy, article } = OWN_LINKS;
  if (source === email.source && medium === email.medium) return 'a link in an email of the sequence';
  if (source === sharedCopy.source) return 'a link in a document that was handed on';
  return source === article.source && medium === null ? 'from an article to the form' : null;
}

function againHref({ source, medium, campaign }: CampaignNumbers): string {
  const names = Object.entries({ source, medium, campaign }).filter(([, value]) => value !== null);
  return `/admin/share?${new URLSearchParams(Object.fromEntries(names) as Record<string, string>).toString()}#link`;
}
