import type { Email } from './email.ts';

/** An email as a whole MIME message (RFC 5322), the same bytes each time but for the boundary between its parts. */
export async function mimeOf(email: Email): Promise<Uint8Array> {
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
  });
  return await composer.compile().build();
}

function domainOfSender(from: string): string {
  return /@([a-z0-9.-]+)/i.exec(from)?.[1] ?? 'localhost';
}
