import { EMAIL_KEYS } from '../content/model.ts';
import type { Content } from '../content/model.ts';
import type { Random } from '../kernel/random.ts';
import type { EmailOrder } from './order.ts';

/** Who reads a preview. Nobody is written to: the address ends in a name that is kept for examples (RFC 2606). */
export const SAMPLE_READER = { firstName: 'Alex', email: 'reader@example.com' } as const;

/**
 * The order of an email for a made-up reader who asked for the first of these offers at `at` (UTC milliseconds). Its links are signed for
 * people who do not exist, and lead nowhere.
 * @param step a key of an email that somebody asks for, or of a step.
 */
export function sampleOrder(
  step: string,
  content: Pick<Content, 'offers'>,
  random: Pick<Random, 'uuid'>,
  at: number,
): EmailOrder {
  const { firstName, email } = SAMPLE_READER;
  const offer = content.offers[0]?.key ?? '';
  return {
    messageId: random.uuid(),
    kind: EMAIL_KEYS.find((key) => key === step) ?? 'step',
    step,
    lead: { leadId: random.uuid(), email, firstName, offer, language: null },
    signup: { signupId: random.uuid(), offer, email, createdAt: at },
    reading: null,
  };
}
