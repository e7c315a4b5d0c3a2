import { movesLastTouch } from '../../kernel/touch.ts';
import type { Confirmation, SignupStore } from '../../signup/port.ts';
import { giveConsent, usableConsent, withdrawConsent } from './consents.ts';
import { enrollmentOf, isUnderWay, startEnrollment, stopEnrollment } from './enrollments.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { nameKey, writeLastTouch } from './lead-rows.ts';
import type { LeadRecord } from './lead-rows.ts';
import { confirmMailbox } from './limits.ts';
import { cancelMessages } from './messages.ts';
import { leads, signups } from './schema/people.ts';
import type { SignupRecord } from './signups.ts';
import { noteStop } from './stops.ts';
import { liftOwnSuppressions } from './suppressions.ts';

export function confirmActs(ground: Ground): Pick<SignupStore, 'confirm'> {
  return {
    confirm: async (signupId, confirmation) =>
      await ground.commit(() => confirm(ground, signupId, confirmation)),
  };
}

/** Only here does what a form brought get onto a lead: the press proves that the mailbox's owner wants it there. */
function confirm(ground: Ground, signupId: string, press: Confirmation): 'confirmed' | 'no_signup' {
  const signup = ground.rows.find(signups, signups.signupId, signupId);
  const lead = leadOf(ground, signup);
  if (signup === undefined || lead === undefined) return 'no_signup';
  const isFirst = signup.confirmedAt === null;
  if (isFirst) {
    ground.rows.update(signups, signup.id, { confirmedAt: press.at });
    cancelMessages(ground, { signupId: signup.id, kind: 'reminder' }, 'confirmed', press.at);
    confirmMailbox(ground, signup.email);
    if (movesLastTouch(signup)) writeLastTouch(ground, lead.id, signup, press.at);
    recordEvent(ground, {
      leadId: lead.id,
      kind: 'signup.confirmed',
      actor: 'person',
      at: press.at,
      detail: { offer: signup.offer },
    });
  }
  writeAnswers(ground, signup, lead, press, isFirst);
  if (press.declined) decline(ground, signup, lead, press);
  else startFollowUp(ground, signup, lead.id, press);
  return 'confirmed';
}

function leadOf(ground: Ground, signup: SignupRecord | undefined): LeadRecord | undefined {
  return signup?.leadId === null || signup === undefined
    ? undefined
    : ground.rows.find(leads, leads.id, signup.leadId);
}

/** Name and answers of this press; the first press of a signup also brings what its form knew. */
function writeAnswers(
  ground: Ground,
  signup: SignupRecord,
  lead: LeadRecord,
  press: Confirmation,
  isFirst: boolean,
): void {
  const firstName = press.firstName ?? (isFirst ? signup.firstName : lead.firstName);
  ground.rows.update(leads, lead.id, {
    firstName,
    nameKey: nameKey(firstName),
    situation: press.situation,
    targetRole: press.targetRole,
    timezone: (isFirst ? signup.timezone : null) ?? lead.timezone,
    status: lead.status === 'unconfirmed' ? 'confirmed' : lead.status,
    confirmedAt: lead.confirmedAt ?? press.at,
  });
}

function startFollowUp(ground: Ground, signup: SignupRecord, leadId: number, press: Confirmation): void {
  const lead = ground.rows.find(leads, leads.id, leadId);
  const consent = lead === undefined ? null : usableConsent(ground, signup, lead);
  if (lead === undefined || consent === null || signup.consentUsedAt !== null) return;
  ground.rows.update(signups, signup.id, { consentUsedAt: press.at });
  giveConsent(ground, signup, lead.id, consent, press.at);
  ground.rows.update(leads, lead.id, { status: 'confirmed', unsubscribedAt: null, exitReason: null });
  liftOwnSuppressions(ground, ground.addressHash(lead.email), press.at);
  const { enrollmentId, at, timetable } = press;
  startEnrollment(ground, lead, { enrollmentId, signupId: signup.id, at, timetable });
}

/** "Only the document": this signup's tick no longer counts, and a sequence that it began ends. */
function decline(ground: Ground, signup: SignupRecord, lead: LeadRecord, press: Confirmation): void {
  if (!signup.followUp || signup.declinedAt !== null) return;
  ground.rows.update(signups, signup.id, { declinedAt: press.at });
  recordEvent(ground, { leadId: lead.id, kind: 'consent.declined', actor: 'person', at: press.at });
  const enrollment = enrollmentOf(ground, lead.id);
  // A consent that another signup brought holds on its own.
  if (signup.consentUsedAt === null || (isUnderWay(enrollment) && enrollment.signupId !== signup.id)) return;
  withdrawConsent(ground, lead, press.place, press.at);
  ground.rows.update(leads, lead.id, { stoppedAt: press.at });
  if (!stopEnrollment(ground, enrollment, 'unsubscribed', press.at)) return;
  ground.rows.update(leads, lead.id, { exitReason: 'unsubscribed' });
  noteStop(ground, lead, 'unsubscribed', press.at);
  // Declining alone stops nothing; that it did has a line of its own.
  recordEvent(ground, { leadId: lead.id, kind: 'enrollment.stopped', actor: 'person', at: press.at });
}
