import type { InferSelectModel } from 'drizzle-orm';
import { addressKey } from '../../kernel/address.ts';
import { shortNetwork } from '../../kernel/network.ts';
import type { NewSignup, SignupLimits, SignupOutcome, SignupStore } from '../../signup/port.ts';
import { decoyLead, decoyMail } from './decoys.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { addressShareUsed, countMail, countSignup, signupLimit } from './limits.ts';
import { addLead, isUnreachable } from './lead-rows.ts';
import type { LeadRecord } from './lead-rows.ts';
import { planMessage } from './messages.ts';
import { leads, signups } from './schema/people.ts';
import { mailboxFault } from './suppressions.ts';
import { rememberWording } from './wordings.ts';

export type SignupRecord = InferSelectModel<typeof signups>;

export function signupActs(ground: Ground): Pick<SignupStore, 'recordSignup'> {
  return {
    recordSignup: async (signup, limits, delivery) =>
      await ground.commit(() => recordSignup(ground, signup, limits, delivery.messageId)),
  };
}

function recordSignup(
  ground: Ground,
  signup: NewSignup,
  limits: SignupLimits,
  messageId: string,
): SignupOutcome {
  const { email, at } = signup;
  // Before anything is known of the address: who meets a limit must not learn from it whether that address would have been mailed.
  const limited = signupLimit(ground, signup, limits);
  if (limited !== null) return limited;
  countSignup(ground, signup);
  if (signup.held) {
    ground.rows.insert(signups, { ...signupRow(ground, signup), leadId: null, state: 'held' });
    return { kind: 'recorded', mail: 'none' };
  }
  const known = ground.rows.find(leads, leads.emailKey, addressKey(email));
  const fault = mailboxFault(ground, ground.addressHash(email));
  const mailbox = ground.mailboxHash(email);
  const isMailed = wantsMail(ground, { status: known?.status, fault, mailbox }, limits, at);
  if (known !== undefined) decoyLead(ground, signup);
  const leadId = known?.id ?? addLead(ground, signup, fault);
  const signupId = ground.rows.insert(signups, { ...signupRow(ground, signup), leadId, state: 'accepted' });
  welcome(ground, { leadId, signupId, signup, mailbox, messageId: isMailed ? messageId : null });
  if (!isMailed) decoyMail(ground, { leadId, signupId, messageId }, at);
  return { kind: 'recorded', mail: isMailed ? 'queued' : 'none' };
}

/** Whether a signup gets its delivery email: the mailbox takes mail, and has not had its share of it. */
export function wantsMail(
  ground: Ground,
  to: {
    /** Of the lead that has this address; undefined when there is none yet. */
    readonly status: LeadRecord['status'] | undefined;
    readonly fault: ReturnType<typeof mailboxFault>;
    /** Keyed hash of the mailbox. */
    readonly mailbox: string;
  },
  limits: SignupLimits,
  at: number,
): boolean {
  return to.fault === null && !isUnreachable(to.status) && !addressShareUsed(ground, to.mailbox, limits, at);
}

/** The event and, unless `messageId` is null, the delivery email of a signup that was accepted. */
export function welcome(
  ground: Ground,
  accepted: {
    readonly leadId: number;
    readonly signupId: number;
    readonly signup: Pick<NewSignup, 'signupId' | 'offer' | 'email' | 'at'>;
    /** Keyed hash of the mailbox, for its limits. */
    readonly mailbox: string;
    readonly messageId: string | null;
  },
): void {
  const { leadId, signupId, signup, mailbox, messageId } = accepted;
  const { at, offer, email } = signup;
  const detail = { offer, mail: messageId === null ? 'none' : 'queued' };
  recordEvent(ground, { leadId, kind: 'signup.recorded', actor: 'person', at, detail });
  if (messageId === null) return;
  planMessage(ground, {
    leadId,
    signupId,
    messageId,
    kind: 'delivery',
    step: 'delivery',
    request: 1,
    dueAt: at,
    at,
  });
  countMail(ground, { email, mailbox, signupId: signup.signupId, at });
}

function signupRow(ground: Ground, signup: NewSignup) {
  const { consent, attribution, at, signupId, offer, language, email, firstName } = signup;
  const { place, timezone, network, throwaway } = signup;
  if (consent !== null) rememberWording(ground, consent.version, consent.wording, at);
  return {
    signupId,
    offer,
    language,
    email,
    firstName,
    place,
    timezone,
    ...attribution,
    network: shortNetwork(network),
    throwaway,
    followUp: consent !== null,
    consentVersion: consent?.version ?? null,
    createdAt: at,
  };
}
