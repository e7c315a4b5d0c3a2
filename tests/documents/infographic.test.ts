import { describe, expect, test } from 'vitest';
import { PANELS, pressFor, sampleContent, withPanels, words } from './fixture.ts';
import { beyondMargins, readPdf } from './read.ts';
import { sheetsOf, textsOn } from './sheets.ts';

const press = pressFor();

function make(name: string, situation: string | null = null, paper: 'a4' | 'letter' = 'a4') {
  return press.make({ offer: 'graphic', reader: { name, situation, role: null }, paper });
}

describe('an infographic', () => {
  test('is one page with all panels, the name, the date and the sources', async () => {
    for (const paper of ['a4', 'letter'] as const) {
      const { pages } = await readPdf(await make('Ana Ruiz', null, paper));
      expect(pages).toHaveLength(1);
      const all = pages[0]?.text ?? '';
      for (const said of [
        'Prepared for Ana Ruiz',
        'November 23, 2026',
        '76 %',
        '20 million+',
        '18.8%',
        'Step 5',
        'another thing',
        'Sources',
        'Second author',
      ]) {
        expect(all).toContain(said);
      }
    }
    expect(await press.pages('graphic')).toBe(1);
  });

  test('gets a second page with three moves for a chosen situation', async () => {
    const { pages, outline } = await readPdf(await make('Ana Ruiz', 'looking'));
    expect(pages).toHaveLength(2);
    expect(pages[1]?.text).toContain('Prepared for Ana Ruiz Take your time.');
    expect(pages[1]?.text).toContain('Move 3');
    expect(pages[1]?.links.some(({ url }) => url?.startsWith('mailto:'))).toBe(true);
    expect(outline.map(({ title }) => title)).toEqual(['An Infographic for Tests', 'You are looking']);
  });

  test('links its small numbers to the sources below', async () => {
    const { pages, places } = await readPdf(await make('Ana'));
    const links = pages.flatMap((page) => page.links).filter(({ place }) => place !== null);
    expect(links).toHaveLength(3);
    for (const { place } of links) expect(places.get(place ?? '')).toBe(1);
  });

  test('makes the type smaller for more text, and keeps it within the margins', async () => {
    for (const paper of ['a4', 'letter'] as const) {
      const long = pressFor(
        withPanels([...PANELS, { kind: 'note', line: 9, title: 'More', text: words(60) }]),
      );
      const made = await long.make({
        offer: 'graphic',
        reader: { name: 'W'.repeat(80), situation: 'looking', role: null },
        paper,
      });
      const { pages } = await readPdf(made);
      expect(beyondMargins(pages.slice(0, 1), 42)).toEqual([]);
      expect(beyondMargins(pages.slice(1))).toEqual([]);
    }
  });

  test('tells the panel that finds no room in type that can be read, and prints all the same', async () => {
    const tooMuch = withPanels([...PANELS, { kind: 'note', line: 77, title: 'Endless', text: words(900) }]);
    const sheets = await sheetsOf(tooMuch(sampleContent()), 'graphic');
    expect(sheets.problems).toEqual([
      {
        line: 77,
        problem: expect.stringContaining('note “Endless” finds no room'),
        remedy: 'Shorten it, or one before it.',
      },
    ]);
    const made = await pressFor(tooMuch).make({
      offer: 'graphic',
      reader: { name: 'Ana', situation: null, role: null },
      paper: 'a4',
    });
    const { pages } = await readPdf(made);
    expect(beyondMargins(pages, 42)).toEqual([]);
    expect(pages.map(({ text }) => text).join(' ')).toContain('Endless');
  });

  test('sets a little too much in smaller type on the one page, and tells it', async () => {
    const full = [...PANELS, { kind: 'note' as const, line: 77, title: 'More', text: words(300) }];
    const sheets = await sheetsOf(withPanels(full)(sampleContent()), 'graphic');
    expect(sheets.pages).toHaveLength(1);
    expect(sheets.problems).toHaveLength(1);
  });

  test('opens with a myth struck out, or with a figure and its field of points', async () => {
    const myth = { kind: 'myth', line: 1, value: '80%', title: 'A myth', text: words(12) } as const;
    const figure = { kind: 'figure', line: 1, value: '76%', label: words(6), source: 1 } as const;
    for (const first of [myth, { ...figure, share: { low: 76, high: 76 } }]) {
      const sheets = await sheetsOf(withPanels([first, ...PANELS])(sampleContent()), 'graphic');
      const value = textsOn(sheets, 0).find(({ text }) => text.trim() === first.value);
      expect(value?.size).toBeGreaterThan(80);
      expect(value?.y).toBeLessThan(250);
    }
  });

  test('says whose it is, has a link for whoever holds a forwarded copy, and says which edition it is', async () => {
    const { pages } = await readPdf(await make('Ana'));
    const urls = pages[0]?.links.flatMap(({ url }) => url ?? []);
    const { coach, url } = sampleContent().site;
    expect(urls).toEqual([url, 'https://funnel.example/graphic?utm_source=shared-copy']);
    expect(pages[0]?.text).toContain(`${coach.name} · ${coach.role} · ${new URL(url).hostname}`);
    expect(pages[0]?.text).toContain('Edition of November 23, 2026, version 0123456789ab');
  });
});
