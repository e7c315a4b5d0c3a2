import { expect, test } from 'vitest';
import { PANELS, sampleContent, withPanels } from './fixture.ts';
import { sheetsOf, testFaces, textsOn } from './sheets.ts';

test.each(['a4', 'letter'] as const)(
  'says all of its foot in any language, with the way to a copy of one’s own, on %s',
  async (paper) => {
    const content = withPanels(PANELS)(sampleContent());
    const { words: said, site } = content;
    const shared_copy =
      'Ce document vous a été transmis par quelqu’un ? Demandez gratuitement votre propre exemplaire, préparé à votre nom';
    const role =
      'Conseillère en évolution professionnelle pour dirigeantes et dirigeants d’entreprises internationales';
    const document = { ...said.document, shared_copy, edition: 'Édition du {{date}}, version {{version}}' };
    const french = {
      ...content,
      words: { ...said, document },
      site: { ...site, coach: { ...site.coach, role } },
    };
    const sheets = await sheetsOf(french, 'graphic', { paper });
    expect(sheets.problems).toEqual([]);
    const pieces = sheets.pages[0]?.pieces ?? [];
    const foot = pieces.find(({ running }) => running === 'footer')?.marks.map(({ shape }) => shape) ?? [];
    const texts = foot.filter((shape) => shape.kind === 'text');
    const all = texts
      .map(({ text }) => text.trim())
      .join(' ')
      .replaceAll('\u00a0', ' ');
    for (const each of [shared_copy, role, 'house.example']) expect(all).toContain(each);
    const to = foot.flatMap((shape) =>
      shape.kind === 'link' && shape.target.kind === 'url' ? [shape.target.url] : [],
    );
    expect([...new Set(to)]).toEqual([
      'https://house.example/',
      'https://funnel.example/graphic?utm_source=shared-copy',
    ]);
    const faces = await testFaces();
    for (const { x, y, face, text, size } of texts) {
      expect(y).toBeLessThanOrEqual(sheets.height - 30);
      expect(x + faces.measure(face, text.trim(), size).width).toBeLessThanOrEqual(sheets.width - 42 + 0.05);
    }
    const above = textsOn(sheets, 0).filter(({ y }) => !texts.some((one) => one.y === y));
    expect(Math.max(...above.map(({ y }) => y))).toBeLessThan(Math.min(...texts.map(({ y }) => y)) - 12);
  },
);
