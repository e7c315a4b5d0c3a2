import type { ContentProblem } from './model.ts';

/** A name that one file uses for something in another. Checked when all files are known. */
export type Mention = {
  readonly kind: 'post' | 'offer' | 'topic' | 'situation';
  readonly key: string;
  readonly file: string;
  readonly line: number;
  /** The beginning of the sentence that tells the mistake, such as "The link". */
  readonly where: string;
};

/** What there is, by kind; null when the file that says so could not be read. */
export type Known = Readonly<Record<Mention['kind'], readonly string[] | null>>;

/** The mentions that lead nowhere. */
export function lostMentions(mentions: readonly Mention[], known: Known): readonly ContentProblem[] {
  return mentions.flatMap(({ kind, key, file, line, where }) => {
    const names = known[kind];
    if (names === null || names.includes(key)) return [];
    const remedy =
      names.length === 0 ? `There is none yet: ${HOME[kind]}.` : `Write one of: ${names.join(', ')}.`;
    return [{ file, line, problem: `${where} names the ${kind} “${key}”, which does not exist.`, remedy }];
  });
}

const HOME: Readonly<Record<Mention['kind'], string>> = {
  post: 'add a file to posts/',
  offer: 'add a folder to offers/',
  topic: 'add it to `topics` in site.yaml',
  situation: 'add it to `situations` in site.yaml',
};
