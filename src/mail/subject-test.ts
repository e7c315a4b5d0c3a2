import { createHash } from 'node:crypto';
import type { Step } from '../content/model.ts';

/** Which of a step's two subjects; null: the step has one. */
export type SubjectChoice = 'a' | 'b' | null;

/**
 * Which subject a lead gets: by a hash, so that it is the same at every look, in the rehearsal as in the email, and half of them
 * get each. The step's key is part of it, or the same people would get every second subject.
 */
export function chooseSubject(step: Pick<Step, 'key' | 'subjectB'>, leadId: string): SubjectChoice {
  if (step.subjectB === null) return null;
  const [first = 0] = createHash('sha256').update(`subject ${step.key} ${leadId}`).digest();
  return first % 2 === 0 ? 'a' : 'b';
}

/** The words of a choice, with their merge fields. */
export function subjectFor(step: Pick<Step, 'subject' | 'subjectB'>, choice: SubjectChoice): string {
  return choice === 'b' ? (step.subjectB ?? step.subject) : step.subject;
}
