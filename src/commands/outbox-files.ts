import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { addressKey } from '../kernel/address.ts';
import { hasCode } from '../kernel/fault.ts';

/** Headers are short; what an email says comes behind them. */
const HEAD = 8192;

/** The files of the outbox that are addressed to somebody, by the header `To` of each. */
export function outboxFilesTo(dataDir: string, email: string): readonly string[] {
  const folder = join(dataDir, 'outbox');
  return emlFiles(folder)
    .map((name) => join(folder, name))
    .filter((path) => recipientsOf(path).includes(addressKey(email)));
}

function emlFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.eml') || name.endsWith('.eml.tmp'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function recipientsOf(path: string): readonly string[] {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    const text = head.toString('latin1', 0, readSync(file, head, 0, HEAD, 0));
    const [headers = ''] = text.split(/\r?\n\r?\n/);
    // A long line goes on in the next one, which then begins with a blank.
    const to = /^to:(.*)$/im.exec(headers.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
    return to
      .split(/[\s<>,;"]+/)
      .filter((part) => part.includes('@'))
      .map(addressKey);
  } finally {
    closeSync(file);
  }
}
