import { createHash } from 'node:crypto';
import type { Step } from '../content/model.ts';

/**
 * Which of a step's two subjects a lead gets: by a hash, so that it is the same at every look and half of them get each.
 * The step's key is part of it, or the same people would get every second subject. Null: the step has one subject.
 */
export function chooseSubject(step: Pick<Step, 'key' | 'subjectB'>, leadId: string): 'a' | 'b' | null {
  if (step.subjectB === null) return null;
  const [first = 0] = createHash('sha256').update(`subject ${step.key} ${leadId}`).digest();
  return first % 2 === 0 ? 'a' : 'b';
}
