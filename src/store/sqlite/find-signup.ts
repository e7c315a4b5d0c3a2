import type { SignupStore, SignupView } from '../../signup/port.ts';
import { usableConsent } from './consents.ts';
import { enrollmentOf, isUnderWay } from './enrollments.ts';
import type { Ground } from './ground.ts';
import { leads, signups } from './schema/people.ts';
import { hasGoneOut, waitingStep } from './steps.ts';

export function findSignupActs(ground: Ground): Pick<SignupStore, 'findSignup'> {
  return { findSignup: async (signupId) => findSignup(ground, signupId) };
}

function findSignup(ground: Ground, signupId: string): SignupView | null {
  const signup = ground.rows.find(signups, signups.signupId, signupId);
  if (signup === undefined || signup.leadId === null) return null;
  const lead = ground.rows.find(leads, leads.id, signup.leadId);
  if (lead === undefined) return null;
  const enrollment = enrollmentOf(ground, lead.id);
  return {
    signupId,
    leadId: lead.leadId,
    offer: signup.offer,
    language: signup.language,
    email: signup.email,
    firstName: signup.confirmedAt === null ? signup.firstName : lead.firstName,
    situation: lead.situation,
    targetRole: lead.targetRole,
    timezone: signup.timezone ?? lead.timezone,
    followUp: usableConsent(ground, signup, lead),
    createdAt: signup.createdAt,
    confirmedAt: signup.confirmedAt,
    inSequence: isUnderWay(enrollment),
    nextStepAt: isUnderWay(enrollment) ? (waitingStep(ground, enrollment.id)?.dueAt ?? null) : null,
    hasFollowed: enrollment !== undefined && hasGoneOut(ground, enrollment.id),
  };
}
