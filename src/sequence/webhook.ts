import { z } from 'zod';
import { withoutAddresses } from '../kernel/fault.ts';
import { oneLine } from '../mail/one-line.ts';
import type { ProviderReport, ReportKind } from './reports-port.ts';

/** Left out, or of another sort than the documents say: both mean that we were not told. */
const told = z.string().min(1).nullable().catch(null);
const fault = z.object({ type: told, subType: told, message: told, reason: told }).nullable().catch(null);

/**
 * An event as Resend posts it (https://resend.com/docs/dashboard/webhooks/event-types). Only what is read here, and every part of
 * it may be missing: real payloads carry more and less than their types, and one that cannot be read would be posted again for a day.
 */
const EVENT = z.object({
  type: z.string(),
  created_at: told,
  data: z
    .object({
      email_id: told,
      tags: z.unknown(),
      bounce: fault,
      failed: fault,
      suppressed: fault,
    })
    .nullable()
    .catch(null),
});
type Event = z.infer<typeof EVENT>;
type Fault = z.infer<typeof fault>;

/** Longest reason kept, in characters. */
const REASON_LIMIT = 160;

/**
 * What a verified event tells of one of our emails; null: nothing that we act on (opens, clicks, contacts, domains, and types
 * that are yet to come).
 * @param eventId `svix-id`.
 */
export function readReport(eventId: string, event: unknown): ProviderReport | null {
  const parsed = EVENT.safeParse(event);
  if (!parsed.success) return null;
  const { type, created_at: createdAt, data } = parsed.data;
  const kind = kindOf(type, data);
  if (kind === null) return null;
  const occurredAt = Date.parse(createdAt ?? '');
  return {
    eventId,
    kind,
    messageId: tagOf(data?.tags, 'message'),
    providerId: data?.email_id ?? null,
    occurredAt: Number.isNaN(occurredAt) ? null : occurredAt,
    reason: reasonOf(data?.bounce ?? data?.suppressed ?? data?.failed ?? null),
  };
}

function kindOf(type: string, data: Event['data']): ReportKind | null {
  switch (type) {
    case 'email.sent':
      return 'sent';
    case 'email.delivered':
      return 'delivered';
    case 'email.delivery_delayed':
      return 'delayed';
    case 'email.bounced':
      // `Transient`, `Undetermined`, and whatever else: only a clear word closes a mailbox for good.
      return data?.bounce?.type?.toLowerCase() === 'permanent' ? 'bounced' : 'bounced_for_now';
    case 'email.complained':
      return 'complained';
    case 'email.failed':
      return 'failed';
    case 'email.suppressed':
      return 'suppressed';
    default:
      return null;
  }
}

/** Sent as a list of names and values, tags come back as a record; both are read. */
function tagOf(tags: unknown, name: string): string | null {
  if (typeof tags !== 'object' || tags === null) return null;
  const pairs: readonly (readonly [unknown, unknown])[] = Array.isArray(tags)
    ? tags.map((tag: unknown) => [field(tag, 'name'), field(tag, 'value')])
    : Object.entries(tags);
  const value = pairs.find(([key]) => key === name)?.[1];
  return typeof value === 'string' && value !== '' ? value : null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** `MailboxFull: The recipient's mailbox was full`: the provider's word, and as much of its sentence as fits a line. */
function reasonOf(found: Fault): string | null {
  if (found === null) return null;
  const parts = [found.reason ?? found.subType ?? found.type, found.message];
  const text = oneLine(withoutAddresses(parts.filter((part) => part !== null).join(': ')));
  if (text === '') return null;
  return text.length <= REASON_LIMIT ? text : `${text.slice(0, REASON_LIMIT - 1)}…`;
}
