import type { Asked } from '../../kernel/words.ts';
import type { PlaceInSequence, PlacesStore } from '../../sequence/numbers-port.ts';
import type { Ground } from './ground.ts';

export function placeActs(ground: Ground): PlacesStore {
  return {
    placesInSequence: async () => placesInSequence(ground),
    countFinished: async () =>
      ground
        .sql<{ n: number }>(
          `select count(*) n from enrollments e join leads l on l.id = e.lead_id
           where e.state = 'finished' and l.demo = 0`,
        )
        .get()?.n ?? 0,
  };
}

type Row = Asked & {
  readonly people: number;
  readonly done: string | null;
  readonly waiting: string | null;
  readonly written: number | null;
};

/** What is done is what `viewOf` says of one lead; keys of steps hold no spaces. */
function placesInSequence(ground: Ground): readonly PlaceInSequence[] {
  return ground
    .sql<Row>(
      `select done, waiting, written, offer, language, count(*) people from (
         select s.offer, s.language,
           group_concat(case when m.state not in ('planned', 'claimed')
             and not (m.state = 'cancelled' and m.payload is null) then m.step end, ' ' order by m.step) done,
           max(case when m.state in ('planned', 'claimed') then m.step end) waiting,
           max(case when m.state in ('planned', 'claimed') then m.payload is not null end) written
         from enrollments e join leads l on l.id = e.lead_id left join messages m on m.enrollment_id = e.id
         left join signups s on s.id = e.signup_id
         where e.state in ('active', 'paused') and l.demo = 0 group by e.id
       ) group by done, waiting, written, offer, language order by people desc, done, waiting, language, offer`,
    )
    .all()
    .map(({ people, done, waiting, written, offer, language }) => ({
      people,
      offer,
      language,
      done: done === null ? [] : done.split(' '),
      waiting,
      written: written === 1,
    }));
}
