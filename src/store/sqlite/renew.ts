import type { SignupStore } from '../../signup/port.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { isUnreachable } from './lead-rows.ts';
import { addressShareUsed, countMail } from './limits.ts';
import { nextRequest, planMessage } from './messages.ts';
import { leads, signups } from './schema/people.ts';
import { mailboxFault } from './suppressions.ts';

export function renewActs(ground: Ground): Pick<SignupStore, 'renew'> {
  return {
    renew: async (signupId, limits, { messageId }, at) =>
      await ground.commit(() => {
        const signup = ground.rows.find(signups, signups.signupId, signupId);
        if (signup === undefined || signup.leadId === null) return 'no_signup';
        const lead = ground.rows.find(leads, leads.id, signup.leadId);
        const { email, offer } = signup;
        const mailbox = ground.mailboxHash(email);
        const isRefused =
          isUnreachable(lead?.status) ||
          mailboxFault(ground, ground.addressHash(email)) !== null ||
          addressShareUsed(ground, mailbox, limits, at);
        if (isRefused) return 'limited';
        const owner = { leadId: signup.leadId, signupId: signup.id };
        const request = nextRequest(ground, { signupId: signup.id }, 'renewal');
        planMessage(ground, {
          ...owner,
          messageId,
          kind: 'renewal',
          step: 'renewal',
          request,
          dueAt: at,
          at,
        });
        countMail(ground, { email, mailbox, signupId, at });
        recordEvent(ground, {
          leadId: signup.leadId,
          kind: 'signup.renewed',
          actor: 'person',
          at,
          detail: { offer },
        });
        return 'planned';
      }),
  };
}
