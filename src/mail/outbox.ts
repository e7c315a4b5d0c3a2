import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { SECOND } from '../kernel/clock.ts';
import type { Email, Transport } from './email.ts';
import { mimeOf } from './mime.ts';
import { codeOf } from '../kernel/fault.ts';

/**
 * Emails as files, which any mail program opens: what the funnel does until it has a provider.
 * @param dir made when it is missing, readable by its owner only.
 */
export function createOutbox(dir: string): Transport {
  return {
    name: 'outbox',
    live: false,
    // The same message writes the same file.
    honoursKeys: true,
    patience: 15 * SECOND,
    submit: async (email) => {
      const bytes = await mimeOf(email);
      try {
        await mkdir(dir, { recursive: true, mode: 0o700 });
        await writeWhole(dir, outboxFileName(email), bytes);
      } catch (error) {
        // A full disk or a folder of somebody else's: the next try writes the same file.
        return { kind: 'try_again', reason: faultOf(error), afterMs: null, ambiguous: false };
      }
      return { kind: 'submitted', providerId: null };
    },
  };
}

/** Made from the frozen email alone, so that a second try writes over its own file. Sorts by the time of composing. */
function outboxFileName(email: Email): string {
  const step = email.tags.find(({ name }) => name === 'step')?.value ?? 'email';
  const time = new Date(email.composedAt).toISOString().replaceAll(':', '-');
  return `${time}-${step}-${email.messageId}.eml`;
}

function faultOf(error: unknown): string {
  const code = codeOf(error) ?? 'unknown';
  return `the outbox cannot be written (${code})`;
}

/** A reader of the folder never sees half an email, nor does a machine that lost its power. */
async function writeWhole(dir: string, name: string, bytes: Uint8Array): Promise<void> {
  const draft = join(dir, `.${name}.tmp`);
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(dir, name));
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
