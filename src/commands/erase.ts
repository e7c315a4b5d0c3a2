import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseAddress } from '../kernel/address.ts';
import type { Erasure } from '../leads/port.ts';
import { outboxFilesTo } from './outbox-files.ts';
import { catchUpWithJournal } from './restored.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';

export type EraseOptions = {
  readonly outbox?: boolean;
  readonly suppress?: boolean;
  readonly json?: boolean;
};

/** `funnel erase EMAIL`: removes a person and leaves a keyed hash, by which an import of the address is refused later. */
export async function eraseCommand(terminal: Terminal, text: string, options: EraseOptions): Promise<void> {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new CommandStop(EXIT.usage, `“${text}” is no email address.`);
  const { address } = parsed;
  await withFunnel(terminal, async (funnel) => {
    await catchUpWithJournal(funnel, terminal);
    const { store, clock, config } = funnel;
    const at = clock.now();
    const removed = await store.eraseAddress(address, at);
    const files = outboxFilesTo(config.dataDir, address);
    if (options.outbox === true) for (const file of files) rmSync(file, { force: true });
    const isForbidden = removed === null && options.suppress === true;
    if (isForbidden) await store.forbidAddress(address, at);
    const isDone = removed !== null || isForbidden || (options.outbox === true && files.length > 0);
    if (!isDone) throw new CommandStop(EXIT.failed, UNKNOWN);
    const outbox = { files: files.length, deleted: options.outbox === true };
    const result = {
      removed,
      suppressed: removed !== null || isForbidden,
      outbox,
      copies: copiesIn(config.dataDir),
    };
    terminal.out(options.json === true ? `${JSON.stringify(result)}\n` : tell(result));
  });
}

const UNKNOWN =
  'Nothing is known of this address; nothing is changed. Is it spelled as she typed it? ' +
  'To have an import of it refused all the same, add --suppress.';

type Result = {
  readonly removed: Erasure | null;
  readonly suppressed: boolean;
  readonly outbox: { readonly files: number; readonly deleted: boolean };
  readonly copies: number;
};

function copiesIn(dataDir: string): number {
  try {
    return readdirSync(join(dataDir, 'backups')).length;
  } catch {
    return 0;
  }
}

function tell({ removed, suppressed, outbox, copies }: Result): string {
  const lines = [
    removed === null
      ? 'Nothing was known of this address.'
      : `Removed: ${Object.entries(removed)
          .filter(([, count]) => count > 0)
          .map(([what, count]) => `${count} ${count === 1 ? what.replace(/s$/, '') : what}`)
          .join(', ')}.`,
  ];
  if (suppressed)
    lines.push(
      'A keyed hash of the address stays: an import of it is refused. If she signs up herself, she is welcome.',
    );
  if (outbox.files > 0 && outbox.deleted) lines.push(`${filesInWords(outbox.files)} to her deleted.`);
  if (outbox.files > 0 && !outbox.deleted)
    lines.push(
      `Still with her address: ${filesInWords(outbox.files)}. To delete them: the same command with --outbox.`,
    );
  if (copies > 0)
    lines.push(
      `Copies in backups/ (${copies}) were made before and hold her until they are deleted, as do those kept elsewhere. Restored, ` +
        'a copy erases her again, by the journal of stops.',
    );
  return `${lines.join('\n')}\n`;
}

function filesInWords(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'} in outbox/`;
}
