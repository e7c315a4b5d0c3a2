import type { CampaignNumbers, ShareStore } from '../../desk/share-port.ts';
import type { Ground } from './ground.ts';

/** By the link of each signup, not by the lead's touches: a campaign that brings a known lead back has worked too. */
export function campaignNumberActs(ground: Ground): ShareStore {
  return {
    campaignNumbers: async (most) =>
      ground
        .sql<CampaignNumbers>(
          `select s.source, s.medium, s.campaign, count(*) signups, count(s.confirmed_at) confirmed, max(s.created_at) lastAt
           from signups s join leads l on l.id = s.lead_id
           where l.demo = 0 and coalesce(s.source, s.medium, s.campaign) is not null
           group by s.source, s.medium, s.campaign order by lastAt desc limit :most`,
        )
        .all({ most }),
  };
}
