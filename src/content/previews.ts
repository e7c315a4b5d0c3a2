import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Content, Offer } from './model.ts';

/** Pictures of documents are made beforehand (`npm run previews`) and lie in a folder with this list of them. */
export const MANIFEST = 'manifest.json';

const picture = z.strictObject({
  /** Its place in the folder: `white-paper/sheet-1-360.webp`. */
  file: z.string().regex(/^(?:[a-z0-9-]+\/)?[a-z0-9-]+\.(?:png|webp)$/),
  /** Pixels. */
  width: z.int().positive(),
  height: z.int().positive(),
});

/** What a set of pictures was made from. */
const origin = {
  /** Of the words, by `documentSource` or `siteSource`: the pictures are shown only while the content in force has the same. */
  source: z.string(),
  /** Of what was drawn: a test fails when the program would draw something else by now. */
  drawing: z.string(),
};

const sheet = z.strictObject({
  /** Of the document, from 1. */
  page: z.int().positive(),
  /** The chapter that it is of. */
  chapter: z.string(),
  /** The same picture in several widths, the smallest first. */
  webp: z.array(picture).min(1),
  png: picture,
});

export const manifestSchema = z.strictObject({
  offers: z.record(z.string(), z.strictObject({ ...origin, sheets: z.array(sheet).min(1), card: picture })),
  site: z.strictObject({ ...origin, card: picture }),
});

export type PreviewManifest = z.infer<typeof manifestSchema>;

/** The words on the picture that stands beside a link to us elsewhere. They are its alternative text too. */
export type CardWords = {
  readonly site: string;
  readonly title: string;
  readonly subtitle: string;
  readonly by: string;
};

export function offerCard({ site }: Content, { document }: Offer): CardWords {
  return { site: site.name, title: document.title, subtitle: document.subtitle, by: byline(site) };
}

export function siteCard({ site, words }: Content): CardWords {
  return { site: site.name, title: words.page.home.heading, subtitle: site.tagline, by: byline(site) };
}

/** Names all words that an offer's pictures can show: hex SHA-256. */
export function documentSource(content: Content, offer: Offer): string {
  const { language, updated, postalAddress, talk, url } = content.site;
  // In the order in which the list of pictures was written; what no page of a document shows is left out.
  const { sameAs: _, ...coach } = content.site.coach;
  const printed = { language, updated, coach, postalAddress, talk, url };
  return hashOf([offer.document, content.words.document, offerCard(content, offer), printed]);
}

/** The same for the site's card. */
export function siteSource(content: Content): string {
  return hashOf([siteCard(content), content.site.language]);
}

function byline({ coach }: Content['site']): string {
  return `${coach.name} · ${coach.role}`;
}

/** Where a word stands in its file shows in no picture. */
const PLACES = ['file', 'line', 'titleLine'];

function hashOf(value: unknown): string {
  const text = JSON.stringify(value, (key, part: unknown) => (PLACES.includes(key) ? undefined : part));
  return createHash('sha256').update(text).digest('hex');
}
