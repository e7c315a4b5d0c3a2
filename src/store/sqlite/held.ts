import type { SignupLimits, SignupStore } from '../../signup/port.ts';
import { addressKey } from '../../kernel/address.ts';
import type { Ground } from './ground.ts';
import { addLead } from './lead-rows.ts';
import { leads, signups } from './schema/people.ts';
import type { SignupRecord } from './signups.ts';
import { wantsMail, welcome } from './signups.ts';
import { mailboxFault } from './suppressions.ts';

/** Signups with a filled honeypot: mostly machines, now and then a person whose browser fills every field. */
export function heldActs(ground: Ground): Pick<SignupStore, 'heldSignups' | 'releaseHeld'> {
  return {
    heldSignups: async (limit) =>
      ground
        .sql<{ signupId: string; email: string; firstName: string; offer: string; at: number }>(
          `select signup_id signupId, email, first_name firstName, offer, created_at at from signups
           where state = 'held' and confirmed_at is null order by created_at desc, id desc limit ?`,
        )
        .all(limit),
    releaseHeld: async (signupId, limits, ids, at) =>
      await ground.commit(() => {
        const signup = ground.rows.find(signups, signups.signupId, signupId);
        if (signup?.state !== 'held') return 'no_signup';
        release(ground, signup, limits, ids, at);
        return 'released';
      }),
  };
}

function release(
  ground: Ground,
  signup: SignupRecord,
  limits: SignupLimits,
  ids: { readonly leadId: string; readonly messageId: string },
  at: number,
): void {
  const known = ground.rows.find(leads, leads.emailKey, addressKey(signup.email));
  const fault = mailboxFault(ground, ground.addressHash(signup.email));
  const { source, medium, campaign, term, content, referrer } = signup;
  const attribution = { source, medium, campaign, term, content, referrer };
  const leadId = known?.id ?? addLead(ground, { ...signup, leadId: ids.leadId, attribution, at }, fault);
  ground.rows.update(signups, signup.id, { state: 'accepted', leadId });
  const mailbox = ground.mailboxHash(signup.email);
  const isMailed = wantsMail(ground, { status: known?.status, fault, mailbox }, limits, at);
  welcome(ground, {
    leadId,
    signupId: signup.id,
    signup: { ...signup, at },
    mailbox,
    messageId: isMailed ? ids.messageId : null,
  });
}
