import type { DocumentNumbers, DocumentsStore } from '../../desk/documents-port.ts';
import type { Ground } from './ground.ts';

/** Counted anew at each look: a second set of books could disagree with the ledger. */
export function documentNumberActs(ground: Ground): DocumentsStore {
  return {
    documentNumbers: async () =>
      ground
        .sql<DocumentNumbers>(
          `select s.offer, count(*) downloads, count(distinct d.lead_id) people
           from downloads d join signups s on s.id = d.signup_id join leads l on l.id = d.lead_id
           where l.demo = 0 group by s.offer order by s.offer`,
        )
        .all({}),
  };
}
