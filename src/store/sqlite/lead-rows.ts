import type { InferSelectModel } from 'drizzle-orm';
import { addressKey } from '../../kernel/address.ts';
import type { Attribution, LeadStatus } from '../../kernel/words.ts';
import type { Ground } from './ground.ts';
import { leads } from './schema/people.ts';

export type LeadRecord = InferSelectModel<typeof leads>;

type Newcomer = {
  readonly leadId: string;
  readonly email: string;
  readonly firstName: string;
  readonly timezone: string | null;
  readonly attribution: Attribution;
  readonly at: number;
};

/** Makes a lead with its first touch, which is its last one too so far. @returns the row's id. */
export function addLead(ground: Ground, newcomer: Newcomer, fault: 'bounced' | 'complained' | null): number {
  const { leadId, email, firstName, timezone, at, attribution } = newcomer;
  const id = ground.rows.insert(leads, {
    leadId,
    email,
    firstName,
    timezone,
    emailKey: addressKey(email),
    nameKey: nameKey(firstName),
    status: fault ?? 'unconfirmed',
    createdAt: at,
  });
  const { source, medium, campaign, term, content, referrer } = attribution;
  const touch = [source, medium, campaign, term, content, referrer, at];
  ground
    .sql(
      `insert into attributions (lead_id, touch, source, medium, campaign, term, content, referrer, at)
       values (?, 'first', ?, ?, ?, ?, ?, ?, ?), (?, 'last', ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(id, ...touch, id, ...touch);
  return id;
}

/** The first touch is never changed; the last one is the latest confirmed signup's that moves it (`kernel/touch.ts`). */
export function writeLastTouch(ground: Ground, leadId: number, attribution: Attribution, at: number): void {
  const { source, medium, campaign, term, content, referrer } = attribution;
  ground
    .sql(
      `update attributions set source = ?, medium = ?, campaign = ?, term = ?, content = ?, referrer = ?, at = ?
       where lead_id = ? and touch = 'last'`,
    )
    .run(source, medium, campaign, term, content, referrer, at, leadId);
}

export function findLeadRow(ground: Ground, leadId: string): LeadRecord | undefined {
  return ground.rows.find(leads, leads.leadId, leadId);
}

/** Whether mail to the lead is refused for good. */
export function isUnreachable(status: LeadStatus | undefined): boolean {
  return status === 'bounced' || status === 'complained';
}

/** What a search for part of a name looks into: SQLite itself folds the case of ASCII letters only. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
