import { readAskedEmail } from './asked-email.ts';
import type { ContentFiles, SourceFile } from './files.ts';
import { readLegal } from './legal.ts';
import { EMAIL_KEYS } from './model.ts';
import type { AskedEmail, Content, EmailKey, Post } from './model.ts';
import type { SortedFiles } from './places.ts';
import { readPost } from './post.ts';
import type { Findings } from './problems.ts';

/** The files of one language: those at the top, or those of its folder. */
export type Folder = {
  /** How messages name its place: empty, or `languages/fr/`. */
  readonly place: string;
  readonly files: ContentFiles['files'];
  readonly sorted: SortedFiles;
};

/** What is read alike for every language. */
export type Texts = Pick<Content, 'posts' | 'emails' | 'privacy'>;

/** Reads the texts of one language. Articles are there even when others have mistakes, for what refers to them. */
export function readTexts(
  folder: Folder,
  findings: Findings,
): { readonly [Part in keyof Texts]: Texts[Part] | (Part extends 'posts' ? never : null) } {
  const posts = [...folder.sorted.posts].flatMap(([slug, file]) => readPost(file, slug, findings) ?? []);
  const emails = readEmails(folder, findings);
  const privacyFile = needed('legal/privacy.md', folder, findings);
  const privacy = privacyFile === null ? null : readLegal(privacyFile, findings);
  return { posts: posts.toSorted(newestFirst), emails, privacy };
}

function readEmails(folder: Folder, findings: Findings): Readonly<Record<EmailKey, AskedEmail>> | null {
  const read = new Map<EmailKey, AskedEmail>();
  for (const key of EMAIL_KEYS) {
    const file = needed(`emails/${key}.md`, folder, findings);
    const email = file === null ? null : readAskedEmail(file, key, findings);
    if (email !== null) read.set(key, email);
  }
  const [delivery, reminder, renewal, data, erase] = EMAIL_KEYS.map((key) => read.get(key));
  return delivery && reminder && renewal && data && erase
    ? { delivery, reminder, renewal, data, erase }
    : null;
}

/** A file that must be there; null, and the mistake among the findings, when it is not. */
export function needed(
  name: string,
  { files, place }: Pick<Folder, 'files' | 'place'>,
  findings: Findings,
): SourceFile | null {
  const file = files.get(name);
  if (file !== undefined) return file;
  const remedy = 'Write it as docs/content.md shows.';
  findings.problems.push({ file: place + name, line: null, problem: 'The file is missing.', remedy });
  return null;
}

function newestFirst(one: Post, other: Post): number {
  return other.date.localeCompare(one.date) || one.slug.localeCompare(other.slug);
}
