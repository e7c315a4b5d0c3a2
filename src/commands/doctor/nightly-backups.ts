import { backupsFolder, madeAt, namesIn } from '../../desk/backups.ts';

/** The nightly backups in the data folder, the newest first. */
export async function nightlyBackups(
  dataDir: string,
): Promise<readonly { readonly name: string; readonly at: number }[]> {
  return (await namesIn(backupsFolder(dataDir)))
    .flatMap((name) => {
      const at = madeAt(name);
      return at === null ? [] : [{ name, at }];
    })
    .toSorted((one, other) => other.at - one.at);
}
