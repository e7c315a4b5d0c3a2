import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { backupsFolder, madeAt, namesIn } from '../../desk/backups.ts';
import { counted, ok, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import { filesIn } from '../../store/sqlite/backup/files.ts';

type Entry = { readonly name: string; readonly bytes: number };

/** What the backups take on the disk; nothing where there are none. */
export async function backupRoom(dataDir: string): Promise<readonly Check[]> {
  const folder = backupsFolder(dataDir);
  const entries = (await namesIn(folder)).map((name) => ({ name, bytes: bytesOf(join(folder, name)) }));
  if (entries.length === 0) return [];
  const disk = await statfs(folder);
  return [roomCheck(folder, entries, disk.bavail * disk.bsize)];
}

/** @param free bytes. Nightly ones go by themselves; what an update or a restore put aside stays for ever. */
export function roomCheck(folder: string, entries: readonly Entry[], free: number): Check {
  const total = sum(entries);
  const others = entries
    .filter(({ name }) => madeAt(name) === null)
    .toSorted((one, other) => other.bytes - one.bytes);
  const nightly = `${counted(entries.length - others.length, 'nightly backup')} (${size(total - sum(others))})`;
  const kept = others.slice(0, 5).map(({ name, bytes }) => `${name} (${size(bytes)})`);
  const more = others.length > kept.length ? [`${others.length - kept.length} more`] : [];
  const rest =
    others.length === 0 ? '' : `; besides, and never deleted by itself: ${[...kept, ...more].join(', ')}`;
  const says = `${size(total)} in ${folder}, ${size(free)} free on the disk. ${nightly}${rest}.`;
  if (total <= free / 2) return ok('room', says);
  const paths = others.slice(0, 5).map(({ name }) => join(folder, name));
  const remedy =
    paths.length === 0
      ? 'Move the older ones to another machine, or give the disk more room: when it is full, no new one is made.'
      : `When the disk is full, no new one is made. What you need no more of these, copy elsewhere or delete: rm -r ${paths.join(' ')}`;
  return wrong('room', says, remedy);
}

function bytesOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.size;
  return filesIn(path).reduce((bytes, file) => bytes + bytesOf(join(path, file)), 0);
}

function sum(entries: readonly Entry[]): number {
  return entries.reduce((bytes, entry) => bytes + entry.bytes, 0);
}

function size(bytes: number): string {
  const mebibytes = bytes / 1024 / 1024;
  return mebibytes < 1024 ? `${mebibytes.toFixed(1)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`;
}
