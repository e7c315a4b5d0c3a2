import { backupsFolder, isCredible, madeAt, namesIn } from '../../desk/backups.ts';

/** The nightly backups in the data folder, the newest first; one from the future tells of a wrong clock, and of nothing else. */
export async function nightlyBackups(
  dataDir: string,
  now: number,
): Promise<readonly { readonly name: string; readonly at: number }[]> {
  return (await namesIn(backupsFolder(dataDir)))
    .flatMap((name) => {
      const at = madeAt(name);
      return at === null || !isCredible(at, now) ? [] : [{ name, at }];
    })
    .toSorted((one, other) => other.at - one.at);
}
