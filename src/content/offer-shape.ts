import { z } from 'zod';
import { block, group, line, lineUpTo, slug, some, wholeNumber } from './shapes.ts';

/** What `offer.yaml` must hold. */
export const offerShape = group({
  kind: z.enum(['paper', 'infographic']),
  language: z.string().optional(),
  translates: slug().optional(),
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
    eyebrow: line().optional(),
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
export type OfferText = z.output<typeof offerShape>;

/** First parts of the addresses in `CONTRACT.md` that are not offers. */
export const RESERVED: readonly string[] = [
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
