import { DAY } from '../../kernel/clock.ts';
import type { LeadFilter } from '../../leads/port.ts';

export type Condition = {
  readonly where: readonly string[];
  readonly values: Readonly<Record<string, string | number>>;
};

/** A filter as conditions on `leads l`; `values` are the named parameters. */
export function conditionOf(filter: LeadFilter): Condition {
  const { q, status, offer, source, from, to } = filter;
  const where: string[] = [];
  const values: Record<string, string | number> = {};
  if (q !== undefined && q !== '') {
    // `instr` and not LIKE: what people type may hold a percent sign or an underscore.
    where.push('(instr(l.email_key, :q) > 0 or instr(l.name_key, :q) > 0)');
    values['q'] = q.normalize('NFC').toLowerCase();
  }
  if (status !== undefined) {
    where.push('l.status = :status');
    values['status'] = status;
  }
  if (offer !== undefined) {
    where.push(
      "exists (select 1 from signups s where s.lead_id = l.id and s.offer = :offer and s.state = 'accepted')",
    );
    values['offer'] = offer;
  }
  if (source !== undefined) {
    where.push(
      "exists (select 1 from attributions a where a.lead_id = l.id and a.touch = 'first' and a.source = :source)",
    );
    values['source'] = source;
  }
  if (from !== undefined) {
    where.push('l.created_at >= :from');
    values['from'] = dayStart(from);
  }
  if (to !== undefined) {
    where.push('l.created_at < :to');
    values['to'] = dayStart(to) + DAY;
  }
  return { where, values };
}

function dayStart(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
