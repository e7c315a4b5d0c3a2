import { readFiles } from './files.ts';
import type { ContentFiles } from './files.ts';
import { filesByLanguage } from './language-folders.ts';
import { lostMentions } from './mentions.ts';
import type { Known } from './mentions.ts';
import type { Content, ContentProblem, Translation } from './model.ts';
import { readOffers } from './offer.ts';
import { sortFiles } from './places.ts';
import { inOrder, noFindings } from './problems.ts';
import type { Findings } from './problems.ts';
import { rareLines } from './rare-lines.ts';
import { readSequence, readTranslatedSequence } from './sequence.ts';
import { readSite } from './site.ts';
import { needed, readTexts } from './texts.ts';
import { aboutDocuments, readTongues, readWords } from './tongues.ts';
import type { Tongue } from './tongues.ts';

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
  const { main: mainFiles, others } = filesByLanguage(files);
  const folder = { place: '', files: mainFiles, sorted: sortFiles(mainFiles, findings) };
  const { languages, offers: offerKeys, steps } = folder.sorted;
  const siteFile = needed('site.yaml', folder, findings);
  const about = siteFile === null ? null : readSite(siteFile, [...languages.keys()], findings);
  const language = about?.site.language ?? 'en';
  const words = readWords(about === null ? undefined : languages.get(language), findings);
  const main: Tongue = { language, base: '', folder, about, words };
  const tongues = about === null ? [] : readTongues(others, { site: about.site, languages }, findings);

  const known = (tongue: Tongue): Known => ({
    post: [...tongue.folder.sorted.posts.keys()],
    offer: offerKeys,
    topic: about?.site.topics.map(({ slug }) => slug) ?? null,
    situation: about?.site.situations.map(({ key }) => key) ?? null,
  });
  const spoken = [main, ...tongues].map((tongue) => ({ ...aboutDocuments(tongue), known: known(tongue) }));
  // Without site.yaml nothing is known of the other languages, and no offer in one of them is at fault.
  if (about === null) spoken.push(...unknownLanguages([...others.keys()], offerKeys));
  const offers = readOffers(offerKeys, mainFiles, spoken, findings);
  const own = { ...findings, mentions: [] };
  const texts = readTexts(folder, own);
  const topics = known(main).topic;
  const sequence = readSequence(steps, { posts: texts.posts, topics }, own);
  findings.problems.push(...lostMentions(own.mentions, known(main)));
  const originals = { files: steps, steps: sequence };
  const translations = tongues.map((tongue) => readTranslation(tongue, originals, known(tongue), findings));
  if (offerKeys.length === 0) {
    const remedy = 'Add a folder with an offer.yaml and its document.';
    findings.problems.push({ file: 'offers/', line: null, problem: 'There is no offer.', remedy });
  }
  const { emails, privacy } = texts;
  if (about === null || words === null || emails === null || privacy === null) return null;
  return {
    ...about,
    words,
    offers,
    posts: texts.posts,
    sequence,
    emails,
    privacy,
    base: '',
    translations: Object.fromEntries(
      translations.flatMap((one) => (one === null ? [] : [[one.site.language, one] as const])),
    ),
    rareLines: rareLines(
      files,
      [main, ...tongues].map((tongue) => tongue.language),
    ),
  };
}

function unknownLanguages(languages: readonly string[], offer: readonly string[]) {
  const known: Known = { post: null, offer, topic: null, situation: null };
  return languages.map((language) => ({ language, situations: null, parts: [], known }));
}

/** Reads one language's own texts. `originals` are the steps of the main language, which say when each email is sent. */
function readTranslation(
  { about, base, folder, words }: Tongue,
  originals: Parameters<typeof readTranslatedSequence>[1],
  known: Known,
  findings: Findings,
): Translation | null {
  const own = { ...findings, mentions: [] };
  const { posts, emails, privacy } = readTexts(folder, own);
  const sequence = readTranslatedSequence(folder, originals, { posts, topics: known.topic }, own);
  findings.problems.push(...lostMentions(own.mentions, known));
  if (about === null || words === null || emails === null || privacy === null) return null;
  return { ...about, words, posts, sequence, emails, privacy, base };
}
