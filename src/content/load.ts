import { readAskedEmail } from './asked-email.ts';
import { readFiles } from './files.ts';
import type { ContentFiles, SourceFile } from './files.ts';
import { readLegal } from './legal.ts';
import { lostMentions } from './mentions.ts';
import { EMAIL_KEYS } from './model.ts';
import type { AskedEmail, Content, ContentProblem, EmailKey, Post, Step } from './model.ts';
import { readOffers } from './offer.ts';
import { readPost } from './post.ts';
import { duplicates, fit, inOrder, noFindings } from './problems.ts';
import type { Findings } from './problems.ts';
import { rareLines } from './rare-lines.ts';
import { readSite } from './site.ts';
import type { Library } from './step-posts.ts';
import { readStep } from './step.ts';
import { sortFiles } from './places.ts';
import { wordsSchema } from './words.ts';
import type { Words } from './words.ts';
import { readYaml } from './yaml.ts';

export type LoadedContent =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly problems: readonly ContentProblem[] };

/**
 * Reads and checks all words of the funnel. Later folders lie over earlier ones, file by file; only the first must exist.
 * Every mistake is told, in the order of files and lines.
 */
export async function loadContent(dirs: readonly string[]): Promise<LoadedContent> {
  const { files, version, problems } = await readFiles(dirs);
  const findings = noFindings();
  findings.problems.push(...problems);
  const unreadable = files.size === 0 && problems.length > 0;
  const parts = unreadable ? null : readAll(files, findings);
  if (parts !== null && findings.problems.length === 0) return { ok: true, content: { version, ...parts } };
  return { ok: false, problems: inOrder(findings) };
}

function readAll(files: ContentFiles['files'], findings: Findings): Omit<Content, 'version'> | null {
  const sorted = sortFiles(files, findings);
  const { languages } = sorted;
  const siteFile = needed('site.yaml', files, findings);
  const about = siteFile === null ? null : readSite(siteFile, [...languages.keys()], findings);
  const topics = about?.site.topics.map(({ slug }) => slug) ?? null;
  const situations = about?.site.situations.map(({ key }) => key) ?? null;
  const words = readWords(about === null ? undefined : languages.get(about.site.language), findings);
  const language = about?.site.language ?? 'en';
  const parts = words === null ? [] : [words.document.summary, words.document.references];
  const offers = readOffers(sorted.offers, files, { situations, language, parts }, findings);
  const posts = [...sorted.posts].flatMap(([slug, file]) => readPost(file, slug, findings) ?? []);
  const sequence = readSequence(sorted.steps, { posts, topics }, findings);
  const emails = readEmails(files, findings);
  const privacyFile = needed('legal/privacy.md', files, findings);
  const privacy = privacyFile === null ? null : readLegal(privacyFile, findings);
  findings.problems.push(
    ...lostMentions(findings.mentions, {
      post: [...sorted.posts.keys()],
      offer: sorted.offers,
      topic: topics,
      situation: situations,
    }),
  );
  if (sorted.offers.length === 0) {
    const remedy = 'Add a folder with an offer.yaml and its document.';
    findings.problems.push({ file: 'offers/', line: null, problem: 'There is no offer.', remedy });
  }
  if (about === null || words === null || emails === null || privacy === null) return null;
  return {
    ...about,
    words,
    offers,
    posts: posts.toSorted(newestFirst),
    sequence,
    emails,
    privacy,
    rareLines: rareLines(files, about.site.language),
  };
}

/** The file's number orders the steps: two with the same number, or the same key, would leave the order to chance. */
function readSequence(
  steps: readonly { readonly file: SourceFile; readonly number: string; readonly key: string }[],
  library: Library,
  findings: Findings,
): readonly Step[] {
  const twice = (index: number, what: string, remedy: string) => {
    const file = steps[index]?.file.shown ?? '';
    findings.problems.push({ file, line: null, problem: `Another step has the ${what} too.`, remedy });
  };
  for (const index of duplicates(steps.map(({ number }) => number))) {
    twice(index, `number ${steps[index]?.number ?? ''}`, 'Give each file its own number.');
  }
  for (const index of duplicates(steps.map(({ key }) => key))) {
    twice(index, `key ${steps[index]?.key ?? ''}`, 'Give each step its own key.');
  }
  return steps.flatMap(({ file, key }) => readStep(file, key, library, findings) ?? []);
}

function readEmails(
  files: ContentFiles['files'],
  findings: Findings,
): Readonly<Record<EmailKey, AskedEmail>> | null {
  const read = new Map<EmailKey, AskedEmail>();
  for (const key of EMAIL_KEYS) {
    const file = needed(`emails/${key}.md`, files, findings);
    const email = file === null ? null : readAskedEmail(file, key, findings);
    if (email !== null) read.set(key, email);
  }
  const [delivery, reminder, renewal, data, erase] = EMAIL_KEYS.map((key) => read.get(key));
  return delivery && reminder && renewal && data && erase
    ? { delivery, reminder, renewal, data, erase }
    : null;
}

function readWords(file: SourceFile | undefined, findings: Findings): Words | null {
  const yaml = file === undefined ? null : readYaml(file.shown, file.text, 1, findings);
  return yaml === null ? null : fit(wordsSchema, yaml, findings);
}

function needed(name: string, files: ContentFiles['files'], findings: Findings): SourceFile | null {
  const file = files.get(name);
  if (file !== undefined) return file;
  const remedy = 'Write it as docs/content.md shows.';
  findings.problems.push({ file: name, line: null, problem: 'The file is missing.', remedy });
  return null;
}

function newestFirst(one: Post, other: Post): number {
  return other.date.localeCompare(one.date) || one.slug.localeCompare(other.slug);
}
