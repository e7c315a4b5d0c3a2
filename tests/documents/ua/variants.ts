import { join } from 'node:path';
import { loadContent } from '../../../src/content/load.ts';
import type { Content } from '../../../src/content/model.ts';
import { bytesOf } from '../../../src/documents/model.ts';
import type { Variant } from '../../../src/documents/model.ts';
import { createPrinter } from '../../../src/documents/press/printer.ts';
import { createPress } from '../../../src/documents/press.ts';
import { ROOT } from '../../../src/root.ts';
import { FONTS } from '../fixture.ts';

const loaded = await loadContent([join(ROOT, 'assets/content')]);
if (!loaded.ok) throw new Error('The sample content has mistakes.');

/** The content that comes with the project. */
export const SAMPLE: Content = loaded.content;

/** Every document that can be laid out of it: both offers, all situations and none, both papers. */
export const VARIANTS: readonly Variant[] = SAMPLE.offers.flatMap(({ key }) =>
  [null, ...SAMPLE.site.situations.map((situation) => situation.key)].flatMap((situation) =>
    (['a4', 'letter'] as const).map((paper) => ({ offer: key, situation, paper })),
  ),
);

/** Names and roles that have broken a program somewhere. */
export const CRUEL: readonly string[] = [
  'W'.repeat(80),
  ') Tj ET EMC (',
  '\\',
  '\\) >> endobj',
  '<</AA <</O <</S /JavaScript /JS (app.alert(1))>> >> >>',
  '{{name}}',
  '%PDF-1.7',
  'endstream endobj',
  'a\u0000b\u0007',
  'ﷺ'.repeat(80),
  '👨‍👩‍👧‍👦'.repeat(20),
  'محمد',
  `x${'\u0301'.repeat(60)}`,
  'Ann\u202e\u2066 Lee',
  '\ud800',
  'O’Neill & Søn <ltd>',
  'Ελένη Παπαδοπούλου',
  'Дмитрий Щербаков',
  'عبد الله مُحَمَّد',
  'שָׁלוֹם (Wei) 2024',
  'श्रीकृष्ण น้ำผึ้ง ნინო Արամ',
];

const press = createPress(
  createPrinter(FONTS),
  () => SAMPLE,
  () => 'https://funnel.example',
);

/** One finished document. */
export async function make(variant: Variant, name: string, role: string | null = null): Promise<Uint8Array> {
  const { offer, situation, paper } = variant;
  return bytesOf(await press.make({ offer, reader: { name, situation, role }, paper }));
}

export function nameOf({ offer, situation, paper }: Variant): string {
  return `${offer}, ${situation ?? 'no situation'}, ${paper}`;
}
