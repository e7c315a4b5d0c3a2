import type { Resend } from 'resend';

/** What Resend signs, as it came: the body byte for byte, and the three `svix-` headers. */
export type SignedPost = {
  readonly payload: string;
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
};

/** `event` is whatever was signed: verified to be Resend's, not yet looked at. */
export type WebhookCheck = (
  post: SignedPost,
) => Promise<
  { readonly ok: true; readonly event: unknown } | { readonly ok: false; readonly reason: string }
>;

/**
 * The check of Resend's signature (Standard Webhooks 1.0), by its SDK: HMAC over id, timestamp and body, one of several
 * signatures while a secret is being exchanged, no older or newer than five minutes. The SDK compares with the machine's own
 * clock, which `FUNNEL_CLOCK` cannot move; that setting is refused when live, so only a rehearsal can notice.
 * @param secret `whsec_…`, checked at the start.
 */
export function createWebhookCheck(secret: string): WebhookCheck {
  let resend: Promise<Resend> | undefined;
  return async ({ payload, id, timestamp, signature }) => {
    // Imported at the first call, and with no key: the constructor wants one, and checking a signature asks Resend nothing.
    resend ??= import('resend').then((sdk) => new sdk.Resend('none'));
    const { webhooks } = await resend;
    try {
      const headers = { id, timestamp, signature };
      return { ok: true, event: webhooks.verify({ payload, headers, webhookSecret: secret }) };
    } catch (error) {
      // Signed by Resend, and no JSON: it parses only what it has verified. Asking for it again would bring the same.
      if (error instanceof SyntaxError) return { ok: true, event: null };
      return { ok: false, reason: error instanceof Error ? error.message : 'unknown' };
    }
  };
}
