import type { Email } from './email.ts';

/**
 * The bytes that the ledger keeps before the first try and that every retry sends: the provider answers the same key with other
 * bytes by 409, and a program of tomorrow would compose otherwise. Fields in a fixed order.
 */
export function freezeEmail(email: Email): Uint8Array {
  const { messageId, from, to, replyTo, subject, html, text, headers, tags, composedAt } = email;
  const ordered = { messageId, from, to, replyTo, subject, html, text, headers, tags, composedAt };
  return Buffer.from(JSON.stringify(ordered));
}

/** Throws when the bytes are no frozen email: the ledger is broken then. */
export function thawEmail(bytes: Uint8Array): Email {
  const thawed: unknown = JSON.parse(Buffer.from(bytes).toString());
  if (!isEmail(thawed)) throw new Error('The bytes kept for this message are no email.');
  return thawed;
}

const TEXTS = ['messageId', 'from', 'to', 'replyTo', 'subject', 'html', 'text'] as const;

function isEmail(value: unknown): value is Email {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Partial<Record<keyof Email, unknown>>;
  return (
    TEXTS.every((name) => typeof fields[name] === 'string') &&
    typeof fields.headers === 'object' &&
    fields.headers !== null &&
    Array.isArray(fields.tags) &&
    typeof fields.composedAt === 'number'
  );
}
