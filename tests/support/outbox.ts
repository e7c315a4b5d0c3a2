import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import PostalMime from 'postal-mime';

export type WrittenEmail = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly file: string;
};

/** The emails in `DATA_DIR/outbox`, oldest first. */
export async function outboxOf(dataDir: string): Promise<readonly WrittenEmail[]> {
  const folder = join(dataDir, 'outbox');
  let names: string[] = [];
  try {
    names = readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .sort();
  } catch {
    // Made with the first email.
  }
  return await Promise.all(
    names.map(async (file) => {
      const { subject = '', text = '', html = '' } = await PostalMime.parse(readFileSync(join(folder, file)));
      return { subject, text, html, file };
    }),
  );
}

/** Waits until an email numbered `count` (from 1) is there; the sender promises a second, this allows ten. */
export async function nthEmail(dataDir: string, count: number): Promise<WrittenEmail> {
  for (let tries = 0; tries < 200; tries++) {
    const email = (await outboxOf(dataDir))[count - 1];
    if (email !== undefined) return email;
    await wait(50);
  }
  throw new Error(`Email number ${count} was not written within ten seconds.`);
}

/** The first address in an email's text whose path begins so. */
export function linkIn(email: WrittenEmail, path: string): string {
  const found = new RegExp(`https?://[^\\s/]+${path}[^\\s)>]*`).exec(email.text)?.[0];
  if (found === undefined) throw new Error(`No link to ${path} in “${email.subject}”.`);
  return found;
}
