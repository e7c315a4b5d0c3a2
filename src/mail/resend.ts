import type { Resend } from 'resend';
import { SECOND } from '../kernel/clock.ts';
import type { Submission, Transport } from './email.ts';
import type { Rate } from './rate.ts';
import { isReachable, SILENCE } from './reachable.ts';
import { verdict } from './resend-verdict.ts';

/** Named, because the SDK would otherwise look into the environment by itself. */
const RESEND_API = 'https://api.resend.com';

/**
 * Emails through Resend, one call each. The SDK has no retries and no timeout of its own and never throws: the caller's signal
 * and the sender's rules stand in for them.
 * A broken connection leaves an email in doubt, so after one the next email is offered only when somebody answers at all: an
 * outage of days costs one doubt, and not one for each email that comes due.
 * @param baseUrl null: Resend's own address.
 */
export function createResendTransport(options: {
  readonly apiKey: string;
  readonly baseUrl: string | null;
  readonly live: boolean;
  readonly rate: Rate;
}): Transport {
  const baseUrl = options.baseUrl ?? RESEND_API;
  let resend: Promise<Resend> | undefined;
  let wasSilent = false;
  return {
    name: 'resend',
    live: options.live,
    honoursKeys: true,
    patience: 15 * SECOND,
    submit: async (email, idempotencyKey, signal) => {
      if (wasSilent && !(await isReachable(baseUrl))) return UNREACHABLE;
      // Imported at the first email: 60 ms that neither the start nor a command without emails should pay.
      resend ??= import('resend').then((sdk) => new sdk.Resend(options.apiKey, { baseUrl }));
      const { emails } = await resend;
      const { from, to, replyTo, subject, html, text, headers, tags } = email;
      const payload = { from, to, replyTo, subject, html, text, headers, tags: [...tags] };
      const answer = await emails.send(payload, { idempotencyKey, signal });
      wasSilent = answer.error !== null && answer.headers === null;
      if (answer.headers !== null) options.rate.heed(answer.headers);
      return verdict(answer);
    },
  };
}

const UNREACHABLE: Submission = {
  kind: 'unreachable',
  reason: 'the provider cannot be reached',
  afterMs: SILENCE,
};
