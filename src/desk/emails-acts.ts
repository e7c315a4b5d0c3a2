import type { Timetable } from '../leads/timetable.ts';
import type { SequenceStore } from '../sequence/port.ts';
import type { Done } from './emails-notices.ts';
import type { EmailsStore } from './port.ts';

/**
 * Ends the pause that a person, or a restored backup, began. A press on an old page, when nobody holds the emails any more, must
 * not plan anything anew.
 */
export async function resumeByHand(
  store: Pick<SequenceStore, 'senderPause' | 'resumeSending'>,
  at: number,
  timetable: Timetable,
): Promise<{ readonly kind: 'not_held' } | { readonly kind: 'resumed'; readonly moved: number }> {
  const pause = await store.senderPause(at);
  if (pause === null || pause.until !== null) return { kind: 'not_held' };
  return { kind: 'resumed', moved: await store.resumeSending(at, timetable) };
}

/** The coach's word on an email in doubt, and what came of it; null: there is no such email. */
export async function settleByHand(
  store: Pick<SequenceStore, 'settleDoubt'> & Pick<EmailsStore, 'messagePlace'>,
  doubt: Parameters<SequenceStore['settleDoubt']>[0],
): Promise<{ readonly leadId: string; readonly done: Done } | null> {
  const place = await store.messagePlace(doubt.messageId);
  if (place === null) return null;
  const { leadId } = place;
  if ((await store.settleDoubt(doubt)) === 'settled')
    return { leadId, done: doubt.word === 'arrived' ? 'arrived' : 'send-again' };
  // Still in doubt and yet refused: her emails are stopped, or a later step went out and this one must not come after it.
  const now = await store.messagePlace(doubt.messageId);
  return { leadId, done: now?.state === 'in_doubt' ? 'not-again' : 'settled-meanwhile' };
}
