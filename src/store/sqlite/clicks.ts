import type { InferSelectModel } from 'drizzle-orm';
import { GOAL_LINK } from '../../kernel/special-links.ts';
import type { Asked, ClickActor } from '../../kernel/words.ts';
import type { Click, ClickJudge, ClickStore } from '../../sequence/click-port.ts';
import { recordEvent } from './events.ts';
import { reachGoal } from './goal.ts';
import type { Ground } from './ground.ts';
import type { MessageRecord } from './messages.ts';
import { clicks, messages } from './schema/ledger.ts';
import { leads } from './schema/people.ts';

type ClickRecord = InferSelectModel<typeof clicks>;

/** A program that hammers one link shall fill no disk and make no judge slow: beyond so many within the judge's reach none is kept. */
const FLOOD = 200;

export function clickActs(ground: Ground): ClickStore {
  return {
    messageWith: async (messageId) =>
      ground
        .sql<Asked & { readonly step: string }>(
          `select m.step, s.offer, s.language from messages m left join enrollments e on e.id = m.enrollment_id
           left join signups s on s.id = coalesce(m.signup_id, e.signup_id) where m.message_id = ?`,
        )
        .get(messageId) ?? null,
    recordClick: async (click, judge) => await ground.commit(() => recordClick(ground, click, judge)),
  };
}

function recordClick(ground: Ground, click: Click, judge: ClickJudge): void {
  const message = ground.rows.find(messages, messages.messageId, click.messageId);
  if (message === undefined || message.demo) return;
  const { slug, at } = click;
  const sentAt = sendingTime(ground, message);
  const known = around(ground, message, at, judge.reach);
  if (known.length >= FLOOD) return;
  const { verdict, unmasked } = judge.judge(click, sentAt === null ? null : at - sentAt, known);
  const { leadId } = message;
  ground.rows.insert(clicks, { leadId, messageId: message.id, slug, at, ...verdict });
  const { actor, reason } = verdict;
  if (actor !== 'unsure') tell(ground, { leadId, slug, at, step: message.step, actor, reason });
  if (actor === 'person') count(ground, leadId, 1);
  for (const one of unmasked) unmask(ground, message, one.click, one.reason);
}

/** When the email went out, or was last offered to the provider: an early scanner can be here before the provider's answer. */
function sendingTime(ground: Ground, { id, submittedAt }: MessageRecord): number | null {
  if (submittedAt !== null) return submittedAt;
  const last = ground.sql<{ at: number | null }>('select max(at) at from tries where message_id = ?').get(id);
  return last?.at ?? null;
}

function around(
  ground: Ground,
  { id }: MessageRecord,
  at: number,
  reach: number,
): readonly Pick<ClickRecord, 'id' | 'slug' | 'actor' | 'reason' | 'at'>[] {
  return ground
    .sql<Pick<ClickRecord, 'id' | 'slug' | 'actor' | 'reason' | 'at'>>(
      'select id, slug, actor, reason, at from clicks where message_id = ? and at between ? and ? order by id',
    )
    .all(id, at - reach, at + reach);
}

/** A later click has shown that a machine made this one. Its history line is written once: when the verdict first falls. */
function unmask(
  ground: Ground,
  { leadId, step }: MessageRecord,
  click: Pick<ClickRecord, 'id' | 'slug' | 'actor' | 'at'>,
  reason: string,
): void {
  ground.rows.update(clicks, click.id, { actor: 'scanner', reason, settleAt: null });
  if (click.actor === 'person') count(ground, leadId, -1);
  if (click.actor === 'unsure') {
    const { slug, at } = click;
    tell(ground, { leadId, slug, at, step, actor: 'scanner', reason });
  }
}

/**
 * Clicks whose window is over, with nothing to show for a machine, become a person's; one on the goal ends the sequence, in the
 * transaction that this runs in. Tells how many clicks there were.
 */
export function settleClicks(ground: Ground, now: number): number {
  const open = ground
    .sql<{ id: number }>(
      'select id from clicks where settle_at is not null and settle_at <= ? order by settle_at, id',
    )
    .all(now);
  for (const { id } of open) settleClick(ground, id, now);
  return open.length;
}

/** When the first of the open windows is over, UTC milliseconds; null: none is open. */
export function nextClickSettlesAt(ground: Ground): number | null {
  return (
    ground
      .sql<{ at: number | null }>('select min(settle_at) at from clicks where settle_at is not null')
      .get()?.at ?? null
  );
}

function settleClick(ground: Ground, id: number, now: number): void {
  const click = ground.rows.find(clicks, clicks.id, id);
  const message = click === undefined ? undefined : ground.rows.find(messages, messages.id, click.messageId);
  const lead = click === undefined ? undefined : ground.rows.find(leads, leads.id, click.leadId);
  if (click === undefined || message === undefined || lead === undefined) return;
  const { slug, at, leadId } = click;
  ground.rows.update(clicks, id, { actor: 'person', settleAt: null });
  count(ground, leadId, 1);
  tell(ground, { leadId, slug, at, step: message.step, actor: 'person', reason: null });
  if (slug === GOAL_LINK) reachGoal(ground, lead, at, now);
}

function count(ground: Ground, leadId: number, change: 1 | -1): void {
  ground.sql('update leads set clicks = clicks + ? where id = ?').run(change, leadId);
}

type Told = Pick<ClickRecord, 'leadId' | 'slug' | 'at' | 'reason'> & {
  readonly step: string;
  readonly actor: Exclude<ClickActor, 'unsure'>;
};

/** A line in the lead's history, at the time of the click. What nobody can tell is none. */
function tell(ground: Ground, { leadId, slug, at, step, actor, reason }: Told): void {
  // No article's slug has a colon: what stands before it is the name of the link (`kernel/special-links.ts`).
  const [special = slug, rest] = slug.split(':');
  const link = rest === undefined ? { post: slug } : { link: special };
  const detail = { ...link, step, ...(reason === null ? {} : { reason }) };
  recordEvent(ground, { leadId, kind: 'link.opened', actor, at, detail });
}
