import type { Resend } from 'resend';
import type { Transport } from './email.ts';
import type { Rate } from './rate.ts';
import { verdict } from './resend-verdict.ts';

/** Named, because the SDK would otherwise look into the environment by itself. */
const RESEND_API = 'https://api.resend.com';

/**
 * Emails through Resend, one call each. The SDK has no retries and no timeout of its own and never throws: the caller's signal
 * and the sender's rules stand in for them.
 * @param baseUrl null: Resend's own address.
 */
export function createResendTransport(options: {
  readonly apiKey: string;
  readonly baseUrl: string | null;
  readonly live: boolean;
  readonly rate: Rate;
}): Transport {
  let resend: Promise<Resend> | undefined;
  return {
    name: 'resend',
    live: options.live,
    honoursKeys: true,
    submit: async (email, idempotencyKey, signal) => {
      // Imported at the first email: 60 ms that neither the start nor a command without emails should pay.
      resend ??= import('resend').then(
        (sdk) => new sdk.Resend(options.apiKey, { baseUrl: options.baseUrl ?? RESEND_API }),
      );
      const { emails } = await resend;
      const { from, to, replyTo, subject, html, text, headers, tags } = email;
      const payload = { from, to, replyTo, subject, html, text, headers, tags: [...tags] };
      const answer = await emails.send(payload, { idempotencyKey, signal });
      if (answer.headers !== null) options.rate.heed(answer.headers);
      return verdict(answer);
    },
  };
}
