import type { CampaignLine } from './share-campaigns.ts';

/** What the fields of the link builder propose while one types. */
export type Suggestions = {
  readonly source: readonly string[];
  readonly medium: readonly string[];
  readonly campaign: readonly string[];
};

const SOURCES = [
  'linkedin',
  'newsletter',
  'business-card',
  'talk',
  'podcast',
  'google',
  'facebook',
  'partner',
];
const MEDIUMS = ['social', 'email', 'print', 'slide', 'podcast', 'referral', 'paid-search'];

/** The coach's own names first: the same place should have the same name again. */
export function suggestionsFor(campaigns: readonly CampaignLine[]): Suggestions {
  const hers = campaigns.filter(({ own }) => own === null);
  const used = (name: 'source' | 'medium' | 'campaign') =>
    hers.flatMap((campaign) => (campaign[name] === null ? [] : [campaign[name]]));
  return {
    source: unique([...used('source'), ...SOURCES]),
    medium: unique([...used('medium'), ...MEDIUMS]),
    campaign: unique(used('campaign')),
  };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
