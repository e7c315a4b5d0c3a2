import { checkMarkdown } from './check-markdown.ts';
import type { ContentFiles, SourceFile } from './files.ts';
import { readInfographic } from './infographic.ts';
import { lostMentions } from './mentions.ts';
import type { Known } from './mentions.ts';
import type { Offer } from './model.ts';
import { readPaper } from './paper.ts';
import type { AboutSite } from './paper.ts';
import { duplicates, fit, problemAt } from './problems.ts';
import type { Findings } from './problems.ts';
import { offerShape, RESERVED } from './offer-shape.ts';
import type { OfferText } from './offer-shape.ts';
import { readYaml } from './yaml.ts';
import type { YamlText } from './yaml.ts';

/** A language that offers may be in, and what their texts may refer to. */
export type OfferLanguage = AboutSite & { readonly known: Known };

/**
 * Reads the offers of these keys, in the order that they ask for.
 * @param languages the main one first: it is that of offers which name none.
 */
export function readOffers(
  keys: readonly string[],
  files: ContentFiles['files'],
  languages: readonly OfferLanguage[],
  findings: Findings,
): readonly Offer[] {
  const read = keys.flatMap((key) => readOffer(key, files, languages, findings) ?? []);
  checkTranslations(read, findings);
  for (const entry of ['order', 'file_name'] as const) {
    for (const index of duplicates(read.map(({ found }) => found[entry]))) {
      const yaml = read[index]?.yaml;
      const remedy = 'Choose another, so that each offer has its own.';
      if (yaml !== undefined)
        findings.problems.push(problemAt(yaml, [entry], 'is that of another offer', remedy));
    }
  }
  return read
    .toSorted((one, other) => one.found.order - other.found.order)
    .flatMap(({ key, language, found, yaml, document }) =>
      document === null ? [] : [toOffer({ key, language }, found, yaml, document)],
    );
}

type ReadOffer = {
  readonly key: string;
  readonly language: string;
  readonly found: OfferText;
  readonly yaml: YamlText;
  readonly document: Offer['document'] | null;
};

function readOffer(
  key: string,
  files: ContentFiles['files'],
  languages: readonly OfferLanguage[],
  all: Findings,
): ReadOffer | null {
  // What its texts refer to is looked for in its own language.
  const findings = { ...all, mentions: [] };
  const at = (name: string): SourceFile | undefined => files.get(`offers/${key}/${name}`);
  const file = at('offer.yaml');
  if (file === undefined) {
    const remedy = 'Write it as docs/content.md shows, or remove the folder.';
    findings.problems.push({
      file: `offers/${key}/offer.yaml`,
      line: null,
      problem: 'The file is missing.',
      remedy,
    });
    return null;
  }
  const yaml = readYaml(file.shown, file.text, 1, findings);
  const found = yaml === null ? null : fit(offerShape, yaml, findings);
  const language = languages.find((one) => one.language === found?.language) ?? languages[0];
  if (language === undefined) return null;
  const paper = at('document.md');
  const infographic = at('document.yaml');
  const papers = paper === undefined ? null : readPaper(paper, language, findings);
  const infographics =
    infographic === undefined ? null : readInfographic(infographic, language.situations, findings);
  if (yaml === null || found === null) {
    findings.problems.push(...lostMentions(findings.mentions, language.known));
    return null;
  }
  if (found.language !== undefined && found.language !== language.language) {
    const remedy = `Write one of: ${languages.map((one) => one.language).join(', ')}; or add a folder languages/${found.language}/.`;
    findings.problems.push(problemAt(yaml, ['language'], 'is none that this content is written in', remedy));
  }
  if (RESERVED.includes(key) || languages.some((one) => one.language.toLowerCase() === key)) {
    const problem = `No offer can have the key “${key}”: a page of the funnel has this address.`;
    findings.problems.push({ file: file.shown, line: null, problem, remedy: 'Rename the folder.' });
  }
  const wanted = found.kind === 'paper' ? 'document.md' : 'document.yaml';
  const other = found.kind === 'paper' ? infographic : paper;
  if (at(wanted) === undefined) {
    const remedy = `Add offers/${key}/${wanted}, or change \`kind\`.`;
    findings.problems.push(problemAt(yaml, ['kind'], `asks for ${wanted}, which is missing`, remedy));
  }
  if (other !== undefined) {
    const problem = `An offer of the kind ${found.kind} does not use this file.`;
    findings.problems.push({
      file: other.shown,
      line: null,
      problem,
      remedy: 'Remove it, or change `kind`.',
    });
  }
  if (found.landing.sample !== undefined)
    checkMarkdown(yaml.markdown(['landing', 'sample']), 'none', findings);
  findings.problems.push(...lostMentions(findings.mentions, language.known));
  return {
    key,
    language: language.language,
    found,
    yaml,
    document: found.kind === 'paper' ? papers : infographics,
  };
}

/** All versions of one offer are in different languages, and the original is no translation itself. */
function checkTranslations(offers: readonly ReadOffer[], { problems }: Findings): void {
  const inOrder = offers.toSorted((one, other) => one.found.order - other.found.order);
  for (const { key, found, language, yaml } of inOrder) {
    if (found.translates === undefined) continue;
    const original = offers.find(({ key }) => key === found.translates);
    const first = inOrder.find(
      (one) => one.found.translates === found.translates && one.language === language,
    );
    const fault =
      original === undefined
        ? 'names an offer that does not exist'
        : original.language === language
          ? 'names an offer of the same language'
          : original.found.translates !== undefined
            ? 'names an offer that is a translation itself'
            : first !== undefined && first.key !== key
              ? `names an offer that “${first.key}” translates into ${language} already`
              : null;
    const remedy = 'Write the key of the offer that was there first, or remove `translates`.';
    if (fault !== null) problems.push(problemAt(yaml, ['translates'], fault, remedy));
  }
}

function toOffer(
  { key, language }: Pick<Offer, 'key' | 'language'>,
  found: OfferText,
  yaml: YamlText,
  document: Offer['document'],
): Offer {
  const { landing } = found;
  return {
    key,
    language,
    translates: found.translates ?? null,
    title: found.title,
    shortTitle: found.short_title,
    fileName: found.file_name,
    card: found.card,
    landing: {
      eyebrow: landing.eyebrow ?? null,
      heading: landing.heading,
      lead: landing.lead,
      button: landing.button,
      proof: landing.proof,
      insideHeading: landing.inside_heading,
      inside: landing.inside,
      sampleHeading: landing.sample_heading ?? null,
      sample: landing.sample === undefined ? null : yaml.markdown(['landing', 'sample']),
      questions: landing.questions,
      description: landing.description,
    },
    document,
  };
}
