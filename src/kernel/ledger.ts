import { DAY, HOUR } from './clock.ts';
import { MESSAGE_STATES } from './words.ts';
import type { MessageState } from './words.ts';

/**
 * The ledger's law: which state a message may be in after another. Everything that writes a state asks here, so that no path
 * can take an email back that went out. `docs/architecture.md` draws it.
 */
const CHANGES: Readonly<Record<MessageState, readonly MessageState[]>> = {
  // The provider may tell of an earlier try while the next one waits; a restored database cannot know what went out.
  planned: [
    'claimed',
    'skipped',
    'cancelled',
    'in_doubt',
    'submitted',
    'delivered',
    'bounced',
    'complained',
    'failed',
  ],
  claimed: [
    'planned',
    'submitted',
    'delivered',
    'bounced',
    'complained',
    'failed',
    'in_doubt',
    'cancelled',
    'skipped',
  ],
  submitted: ['delivered', 'bounced', 'complained', 'failed'],
  // Some servers accept first and send back later.
  delivered: ['bounced', 'complained'],
  bounced: ['complained'],
  complained: [],
  failed: [],
  skipped: [],
  // What was under way when the stop came is written down as it was; a step that was never composed may come back.
  cancelled: ['planned', 'submitted', 'delivered', 'bounced', 'complained', 'failed', 'in_doubt'],
  // Settled by the provider's word or the coach's ("it arrived", "send again").
  in_doubt: ['planned', 'cancelled', 'submitted', 'delivered', 'bounced', 'complained', 'failed'],
};

/** One lead gets at most one email of the sequence in this time. */
export const SEQUENCE_GAP = 20 * HOUR;
/** A doubt that neither the provider's webhook nor the coach settled in this time counts as a submission. */
export const DOUBT_CLOSES_AFTER = DAY;
/** One reminder so long after a delivery that nobody answered. */
export const REMINDER_AFTER = DAY;

export function mayBecome(from: MessageState, to: MessageState): boolean {
  return CHANGES[from].includes(to);
}

/** States in which nothing more is sent by itself. One in doubt is settled after a day (`DOUBT_CLOSES_AFTER`). */
export function isOpen(state: MessageState): boolean {
  return state === 'planned' || state === 'claimed';
}

/** States of an email that the provider took; for the 20 hours between two of them, one in doubt counts as well. */
export const WENT_OUT: readonly MessageState[] = ['submitted', 'delivered', 'bounced', 'complained'];

/**
 * The law of conservation: every message that was ever planned is open or has exactly one outcome. Nothing is lost between
 * the states, and nothing is counted twice.
 * @param counts messages by state. @param planned how many were ever planned.
 */
export function isConserved(
  planned: number,
  counts: Readonly<Partial<Record<MessageState, number>>>,
): boolean {
  return MESSAGE_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0) === planned;
}
