import { z } from 'zod';
import { checkMarkdown } from './check-markdown.ts';
import type { ContentFiles, SourceFile } from './files.ts';
import { readInfographic } from './infographic.ts';
import type { Offer } from './model.ts';
import { readPaper } from './paper.ts';
import type { AboutSite } from './paper.ts';
import { duplicates, fit, problemAt } from './problems.ts';
import type { Findings } from './problems.ts';
import { block, group, line, lineUpTo, some, wholeNumber } from './shapes.ts';
import { readYaml } from './yaml.ts';
import type { YamlText } from './yaml.ts';

/** Reads the offers of these keys, in the order that they ask for. */
export function readOffers(
  keys: readonly string[],
  files: ContentFiles['files'],
  site: AboutSite,
  findings: Findings,
): readonly Offer[] {
  const read = keys.flatMap((key) => readOffer(key, files, site, findings) ?? []);
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
    .flatMap(({ key, found, yaml, document }) =>
      document === null ? [] : [toOffer(key, found, yaml, document)],
    );
}

type ReadOffer = {
  readonly key: string;
  readonly found: Found;
  readonly yaml: YamlText;
  readonly document: Offer['document'] | null;
};

function readOffer(
  key: string,
  files: ContentFiles['files'],
  site: AboutSite,
  findings: Findings,
): ReadOffer | null {
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
  const paper = at('document.md');
  const infographic = at('document.yaml');
  const papers = paper === undefined ? null : readPaper(paper, site, findings);
  const infographics =
    infographic === undefined ? null : readInfographic(infographic, site.situations, findings);
  if (yaml === null || found === null) return null;
  if (RESERVED.includes(key)) {
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
  return { key, found, yaml, document: found.kind === 'paper' ? papers : infographics };
}

const offerShape = group({
  kind: z.enum(['paper', 'infographic']),
  title: line(),
  short_title: line(),
  file_name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/,
      'Use letters without accents, digits and hyphens, without .pdf.',
    ),
  order: wholeNumber(1, 999),
  card: line(),
  landing: group({
    heading: line(),
    lead: line(),
    button: line(),
    proof: some(line('offer')),
    inside_heading: line(),
    inside: some(group({ title: line('offer'), text: line('offer') })),
    sample_heading: line().optional(),
    sample: block().optional(),
    questions: z.array(group({ q: line('offer'), a: line('offer') })).default([]),
    description: lineUpTo(160),
  }),
});
type Found = z.output<typeof offerShape>;

/** First parts of the addresses in `CONTRACT.md` that are not offers. */
const RESERVED: readonly string[] = [
  'admin',
  'articles',
  'assets',
  'download',
  'healthz',
  'metrics',
  'preferences',
  'privacy',
  'read',
  'readyz',
  'unsubscribe',
  'webhooks',
];

function toOffer(key: string, found: Found, yaml: YamlText, document: Offer['document']): Offer {
  const { landing } = found;
  return {
    key,
    title: found.title,
    shortTitle: found.short_title,
    fileName: found.file_name,
    card: found.card,
    landing: {
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
