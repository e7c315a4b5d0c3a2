import { statfsSync, statSync } from 'node:fs';

/** What has to stay free: a full disk would turn visitors away. */
const ROOM_LEFT = 128 * 1024 * 1024;

/** Whether a folder's disk has room for so many copies of a database with its write-ahead log, and some more. */
export function hasRoomFor(folder: string, database: string, copies: number): boolean {
  const disk = statfsSync(folder);
  return disk.bavail * disk.bsize >= copies * (sizeOf(database) + sizeOf(`${database}-wal`)) + ROOM_LEFT;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
