import type { Email } from './email.ts';

/** What a mail server is handed: who sends, who receives, and the whole message. */
export type MimeMessage = { readonly from: string; readonly to: string; readonly bytes: Uint8Array };

/** An email as a whole MIME message (RFC 5322), the same bytes each time. */
export async function mimeOf(email: Email): Promise<Uint8Array> {
  return (await messageOf(email)).bytes;
}

/** The same with its envelope: bare addresses, as `MAIL FROM` and `RCPT TO` take them. */
export async function messageOf(email: Email): Promise<MimeMessage> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    from: email.from,
    // As an object: an address with odd quoting is not taken apart again, so it cannot become two.
    to: { name: '', address: email.to },
    replyTo: email.replyTo,
    subject: email.subject,
    text: email.text,
    html: email.html,
    headers: { ...email.headers },
    date: new Date(email.composedAt),
    messageId: `<${email.messageId}@${domainOfSender(email.from)}>`,
    // The line between the parts; drawn by lot if it were not given.
    baseBoundary: email.messageId,
  });
  const message = composer.compile();
  const { from } = message.getEnvelope();
  return { from: from === false ? '' : from, to: email.to, bytes: await message.build() };
}

function domainOfSender(from: string): string {
  return /@([a-z0-9.-]+)/i.exec(from)?.[1] ?? 'localhost';
}
