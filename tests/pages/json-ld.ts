import { z } from 'zod';

// What schema.org and the readers of its data (Google's rich results among them) ask of each kind; anything beyond it is a mistake here.

const address = z.url({ protocol: /^https?$/ });
const day = z.iso.date();
const text = z.string().min(1);
const reference = z.strictObject({ '@id': address });

const person = z.strictObject({
  '@type': z.literal('Person'),
  '@id': address,
  name: text,
  jobTitle: text,
  url: address,
  sameAs: z.array(address).min(1).optional(),
  worksFor: z.strictObject({ '@type': z.literal('Organization'), name: text, url: address }),
});

const work = {
  '@id': address,
  mainEntityOfPage: address,
  inLanguage: z.string().regex(/^[a-z]{2}$/),
  author: reference,
  publisher: reference,
  image: address.optional(),
  isAccessibleForFree: z.literal(true).optional(),
  timeRequired: z
    .string()
    .regex(/^PT[1-9]\d*M$/)
    .optional(),
};

const offer = z.strictObject({
  '@type': z.literal('Offer'),
  price: z.literal('0'),
  url: address,
});

const node = z.discriminatedUnion('@type', [
  person,
  z.strictObject({
    '@type': z.literal('WebSite'),
    '@id': address,
    url: address,
    name: text,
    description: text,
    inLanguage: work.inLanguage,
    publisher: reference,
  }),
  z.strictObject({
    ...work,
    '@type': z.literal('DigitalDocument'),
    name: text,
    description: text,
    dateModified: day,
    encodingFormat: z.literal('application/pdf'),
    offers: offer.optional(),
  }),
  z.strictObject({
    ...work,
    '@type': z.literal('Article'),
    headline: z.string().min(1).max(110),
    description: text,
    datePublished: day,
    articleSection: text,
    citation: z.array(text).min(1).optional(),
  }),
  z.strictObject({
    '@type': z.literal('CollectionPage'),
    url: address,
    name: text,
    description: text,
    inLanguage: work.inLanguage,
  }),
  z.strictObject({
    '@type': z.literal('BreadcrumbList'),
    itemListElement: z
      .array(
        z.strictObject({
          '@type': z.literal('ListItem'),
          position: z.int().positive(),
          name: text,
          item: address,
        }),
      )
      .min(1),
  }),
  z.strictObject({
    '@type': z.literal('FAQPage'),
    '@id': address,
    mainEntity: z
      .array(
        z.strictObject({
          '@type': z.literal('Question'),
          name: text,
          acceptedAnswer: z.strictObject({ '@type': z.literal('Answer'), text }),
        }),
      )
      .min(1),
  }),
]);
export type LinkedNode = z.infer<typeof node>;

const graph = z.strictObject({ '@context': z.literal('https://schema.org'), '@graph': z.array(node).min(1) });

/** The nodes of a page's JSON-LD, by kind. Throws for a page without, and for anything that is not as it should be. */
export function linkedData(html: string): Readonly<Partial<Record<LinkedNode['@type'], LinkedNode>>> {
  const [block, ...more] = [
    ...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g),
  ].map(([, json = '']) => json);
  if (block === undefined || more.length > 0) throw new Error('A page has one block of JSON-LD.');
  const nodes = graph.parse(JSON.parse(block))['@graph'];
  const known = new Set(nodes.flatMap((one) => ('@id' in one ? [one['@id']] : [])));
  // Readers of a page know nothing of other pages: whoever is referred to must be described here.
  for (const [, id = ''] of block.matchAll(/\{"@id":"([^"]+)"\}/g))
    if (!known.has(id)) throw new Error(`${id} is referred to and not described.`);
  return Object.fromEntries(nodes.map((one) => [one['@type'], one]));
}
