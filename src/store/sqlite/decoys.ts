import type { NewSignup } from '../../signup/port.ts';
import type { Ground } from './ground.ts';
import { addLead } from './lead-rows.ts';
import { countDecoy } from './limits.ts';
import { planMessage } from './messages.ts';

// A signup's time is that of its pages on the disk: a known address would be answered some tenths of a millisecond sooner than a new
// one, because less is written for it. So what need not be written is written and taken back in the same transaction: the same
// pages, and the same time (`npm run bench -- timing`). Nobody ever sees these rows.

/** For an address that is known: as if it were new. */
export function decoyLead(ground: Ground, signup: NewSignup): void {
  const id = addLead(ground, { ...signup, email: signup.signupId }, null);
  ground.sql('delete from attributions where lead_id = ?').run(id);
  ground.sql('delete from leads where id = ?').run(id);
}

/** For a mailbox that gets no email this time: as if it did. Numbers are row ids. */
export function decoyMail(
  ground: Ground,
  of: { readonly leadId: number; readonly signupId: number; readonly messageId: string },
  at: number,
): void {
  const { leadId, signupId, messageId } = of;
  const kind = { kind: 'delivery', step: 'delivery', request: 1 } as const;
  planMessage(ground, { leadId, signupId, messageId, ...kind, dueAt: at, at });
  ground.sql('delete from messages where message_id = ?').run(messageId);
  countDecoy(ground, messageId, at);
}
