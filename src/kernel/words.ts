/** Who did a thing that an event records. */
export type Actor = 'person' | 'scanner' | 'system';

/** Under which path looks at visitors' own pages are counted, all as one: nothing tells whose it was. */
export const OWN_PAGE = '/download';

/** Where a lead stands; where several are true the worst wins, in this order (the last is the worst). */
export const LEAD_STATUSES = ['unconfirmed', 'confirmed', 'unsubscribed', 'bounced', 'complained'] as const;
export type LeadStatus = (typeof LEAD_STATUSES)[number];

/** How a lead's follow-up stands, for people. */
export const FOLLOW_UPS = ['none', 'active', 'paused', 'finished', 'stopped'] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];

/** Why a lead left the sequence before its end. */
export const EXIT_REASONS = [
  'unsubscribed',
  'bounced',
  'complained',
  'found_job',
  'booked_call',
  'stopped_by_coach',
  'stale',
  'erased',
] as const;
export type ExitReason = (typeof EXIT_REASONS)[number];

/** The states of a message; `docs/architecture.md` draws the allowed changes. */
export const MESSAGE_STATES = [
  'planned',
  'claimed',
  'submitted',
  'delivered',
  'bounced',
  'complained',
  'failed',
  'skipped',
  'cancelled',
  'in_doubt',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** How one offer of a message to a provider ended; `ambiguous`: the provider may have taken it and did not say so. */
export const TRY_OUTCOMES = [
  'submitted',
  'bounced',
  'retry',
  'ambiguous',
  'rejected',
  'in_doubt',
  'paused',
] as const;
export type TryOutcome = (typeof TRY_OUTCOMES)[number];

/** Who followed a link in an email; `unsure` as long as, or when, nobody can tell. */
export const CLICK_ACTORS = ['person', 'scanner', 'unsure'] as const;
export type ClickActor = (typeof CLICK_ACTORS)[number];

/** Which sort of email a message is. Steps belong to an enrollment, the next three to a signup, the last two to a lead. */
export const MESSAGE_KINDS = ['delivery', 'renewal', 'reminder', 'step', 'data', 'erase'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Where a visitor came from, as the query string and the form tell it. Empty parts are null. */
export type Attribution = {
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly term: string | null;
  readonly content: string | null;
  readonly referrer: string | null;
};

/** What tells somebody's language: the one that was remembered; null (nobody did yet): that of the offer asked for. */
export type Asked = { readonly offer: string | null; readonly language: string | null };
