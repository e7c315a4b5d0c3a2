import { createHmac } from 'node:crypto';

/** Secrets as Resend shows them. */
export const WEBHOOK_SECRET = secretOf('the secret of these tests');
export const OTHER_SECRET = secretOf('another secret altogether');

function secretOf(words: string): string {
  return `whsec_${Buffer.from(words).toString('base64')}`;
}

/** A post as Resend sends it: body and headers. */
export type SignedEvent = { readonly payload: string; readonly headers: Readonly<Record<string, string>> };

/**
 * Signs by Standard Webhooks 1.0, written anew from its text, so that the SDK's check is not its own witness.
 * @param event an object, or the body itself. `sentAt` in UTC milliseconds: the SDK compares with the machine's clock.
 */
export function signedEvent(
  event: object | string,
  options: {
    readonly id?: string;
    readonly sentAt?: number;
    readonly secrets?: readonly string[];
    readonly type?: string;
  } = {},
): SignedEvent {
  const {
    id = 'msg_1',
    sentAt = Date.now(),
    secrets = [WEBHOOK_SECRET],
    type = 'application/json',
  } = options;
  const payload = typeof event === 'string' ? event : JSON.stringify(event);
  const timestamp = String(Math.floor(sentAt / 1000));
  return {
    payload,
    headers: {
      'content-type': type,
      'svix-id': id,
      'svix-timestamp': timestamp,
      'svix-signature': secrets.map((secret) => signature(secret, `${id}.${timestamp}.${payload}`)).join(' '),
    },
  };
}

function signature(secret: string, text: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}

/** An event about one email, with all that Resend's types name. */
export function emailEvent(
  type: string,
  messageId: string,
  more: { readonly at?: string; readonly data?: object } = {},
): object {
  const { at = '2026-11-22T09:00:01.000Z', data = {} } = more;
  return {
    type,
    created_at: at,
    data: {
      created_at: at,
      email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
      message_id: '<111-222-333@email.example.com>',
      from: 'Ana Coach <ana@example.com>',
      to: ['ana@example.com'],
      subject: 'Your white paper',
      tags: { message: messageId, step: 'delivery' },
      ...data,
    },
  };
}

export const bounce = (type: string, subType = 'General') => ({
  bounce: { type, subType, message: 'The server of ana@example.com said no.' },
});
