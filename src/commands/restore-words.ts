/** What `restore` did, as `--json` gives it. */
export type Restored = {
  readonly file: string;
  readonly kind: 'backup' | 'copy';
  /** ISO 8601. */
  readonly madeAt: string;
  readonly leads: number;
  readonly contentFiles: number;
  readonly stopped: number;
  readonly doubts: number;
  /** Which secrets count now: the file's that came with the backup, the setting's (that may lack one of them), or the file's that was here already. */
  readonly links: 'file' | 'setting' | 'setting_lacks' | 'kept' | 'lost';
  /** Folder of what was here before. */
  readonly putAside: string | null;
};

const LINKS: Readonly<Record<Restored['links'], string>> = {
  file: 'those mailed before work: the signing secrets are back',
  setting: 'those mailed before work: FUNNEL_SECRET counts, and it holds the secrets of the backup',
  setting_lacks:
    'FUNNEL_SECRET counts, and it lacks a secret of the backup: links signed with that do not work. It is in DATA_DIR/secret; add it to FUNNEL_SECRET behind the present one',
  kept: 'the signing secret that was here counts; the copy holds none',
  lost: 'links mailed before do not work: the copy holds no signing secret. Bring DATA_DIR/secret back as well',
};

/** What was done and what is to be done next, for a person. */
export function tellRestored(restored: Restored): string {
  const { file, madeAt, leads, kind, contentFiles, stopped, doubts, links, putAside } = restored;
  const rows = [
    ['Restored', `${file}, of ${madeAt}, with ${count(leads, 'lead')}`],
    [
      'Put aside',
      putAside === null ? 'nothing: there was no database here' : `what was here before, in ${putAside}`,
    ],
    ['Links', LINKS[links]],
    [
      'Content',
      kind === 'copy'
        ? 'as it was: the copy holds none'
        : `${count(contentFiles, 'file')} that the desk had edited`,
    ],
    [
      'Stops',
      stopped === 0
        ? 'the journal holds none that the backup did not know'
        : `${count(stopped, 'person', 'people')} stopped the emails after the backup was made; so it is again`,
    ],
    [
      'In doubt',
      doubts === 0
        ? 'no email can have gone out after the backup was made'
        : `${count(doubts, 'email')} may have gone out after the backup was made. None is sent again by itself`,
    ],
    ['Desk', 'its password and the address of its CSV are those of the backup; everybody is signed out'],
    ['Sending', 'is paused until a person resumes it'],
  ] as const;
  return [
    ...rows.map(([name, text]) => `${name.padEnd(12)}${text}.`),
    '',
    'Next: start the server (npm start) and look on the desk under Emails.',
    ...(doubts === 0
      ? []
      : ['Say of each email in doubt that it arrived, or send it again; after a day it counts as sent.']),
    'Then resume sending there, or with: npm run -s funnel -- send --resume',
    '',
  ].join('\n');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
