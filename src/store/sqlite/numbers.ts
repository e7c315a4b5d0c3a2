import type { FunnelNumbers } from '../../leads/numbers-port.ts';
import type { LeadStore } from '../../leads/port.ts';
import type { Ground } from './ground.ts';

type Range = { readonly from: number; readonly to: number };

export function numberActs(ground: Ground): Pick<LeadStore, 'funnelNumbers'> {
  return { funnelNumbers: async (range) => funnelNumbers(ground, range) };
}

/** What happened from `from` on and before `to`; each figure by the time of its own act. */
function funnelNumbers(ground: Ground, range: Range): FunnelNumbers {
  const days = dayNumbers(ground, range);
  return {
    views: days.reduce((sum, day) => sum + day.views, 0),
    signups: count(ground, range, {
      what: 'signups s join leads l on l.id = s.lead_id',
      when: 's.created_at',
    }),
    confirmed: count(ground, range, { what: 'leads l', when: 'l.confirmed_at' }),
    downloaded: count(ground, range, { what: 'leads l', when: 'l.first_download_at' }),
    withFollowUp: count(ground, range, { what: ENROLLED, when: 'e.started_at' }),
    finished: count(ground, range, { what: ENROLLED, when: 'e.ended_at', only: "e.state = 'finished'" }),
    ...clickNumbers(ground, range),
    unsubscribed: count(ground, range, { what: 'leads l', when: 'l.unsubscribed_at' }),
    foundJob: count(ground, range, exit('lead.found_job')),
    bookedCall: count(ground, range, exit('lead.booked_call')),
    held:
      ground
        .sql<{ n: number }>("select count(*) n from signups where state = 'held' and confirmed_at is null")
        .get()?.n ?? 0,
    sources: sourceNumbers(ground, range),
    days,
  };
}

type Counted = {
  readonly what: string;
  readonly when: string;
  readonly only?: string;
  readonly counted?: string;
};

const ENROLLED = 'enrollments e join leads l on l.id = e.lead_id';

const exit = (kind: 'lead.found_job' | 'lead.booked_call'): Counted => ({
  what: 'events v join leads l on l.id = v.lead_id',
  when: 'v.at',
  // The list is the condition of the index, word for word; without it the index is not used.
  only: `v.kind in ('lead.found_job', 'lead.booked_call') and v.kind = '${kind}'`,
  counted: 'distinct l.id',
});

function count(ground: Ground, range: Range, { what, when, only = 'true', counted = '*' }: Counted): number {
  const text = `select count(${counted}) n from ${what} where l.demo = 0 and ${only} and ${when} >= :from and ${when} < :to`;
  return ground.sql<{ n: number }>(text).get(range)?.n ?? 0;
}

type ClickNumbers = Pick<FunnelNumbers, 'clicked' | 'clicksRaw' | 'clicksByPersons' | 'clicksByScanners'>;
const NO_CLICKS: ClickNumbers = { clicked: 0, clicksRaw: 0, clicksByPersons: 0, clicksByScanners: 0 };

function clickNumbers(ground: Ground, range: Range): ClickNumbers {
  const row = ground
    .sql<ClickNumbers>(
      `select count(distinct l.id) filter (where c.actor = 'person') clicked, count(*) clicksRaw,
         count(*) filter (where c.actor = 'person') clicksByPersons,
         count(*) filter (where c.actor = 'scanner') clicksByScanners
       from clicks c join leads l on l.id = c.lead_id where l.demo = 0 and c.at >= :from and c.at < :to`,
    )
    .get(range);
  return row ?? NO_CLICKS;
}

/** By the source of the lead's first touch, as the filter of the list means it. */
function sourceNumbers(ground: Ground, range: Range): FunnelNumbers['sources'] {
  return ground
    .sql<{ source: string | null; signups: number; confirmed: number }>(
      `select source, sum(signups) signups, sum(confirmed) confirmed from (
         select a.source, count(*) signups, 0 confirmed
         from signups s join leads l on l.id = s.lead_id join attributions a on a.lead_id = l.id and a.touch = 'first'
         where l.demo = 0 and s.created_at >= :from and s.created_at < :to group by a.source
         union all
         select a.source, 0, count(*)
         from leads l join attributions a on a.lead_id = l.id and a.touch = 'first'
         where l.demo = 0 and l.confirmed_at >= :from and l.confirmed_at < :to group by a.source
       ) group by source order by signups desc, source`,
    )
    .all(range);
}

function dayNumbers(ground: Ground, range: Range): FunnelNumbers['days'] {
  const days = { from_day: isoDay(range.from), to_day: isoDay(range.to - 1) };
  return ground
    .sql<{ day: string; views: number; signups: number }>(
      `select day, sum(views) views, sum(signups) signups from (
         select day, sum(count) views, 0 signups from page_views where day >= :from_day and day <= :to_day group by day
         union all
         select date(s.created_at / 1000, 'unixepoch') day, 0, count(*)
         from signups s join leads l on l.id = s.lead_id
         where l.demo = 0 and s.created_at >= :from and s.created_at < :to group by 1
       ) group by day order by day`,
    )
    .all({ ...range, ...days });
}

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
