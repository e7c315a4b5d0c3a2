import { describe, expect, test } from 'vitest';
import { PANELS, pressFor, withPanels, words } from './fixture.ts';
import { beyondMargins, readPdf } from './read.ts';

const press = pressFor();

/** A page that is full with a short name. */
const FULL = {
  title: 'You are looking',
  intro: `${'{{name}}, '.repeat(6)}${words(60)}`,
  moves: [1, 2, 3].map((n) => ({ title: `Move ${n}`, text: words(30) })),
};

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
    expect(pages[1]?.text).toContain('Ana Ruiz, take your time.');
    expect(pages[1]?.text).toContain('Move 3');
    expect(pages[1]?.links.some(({ url }) => url?.startsWith('mailto:'))).toBe(true);
    expect(outline.map(({ title }) => title)).toEqual(['An Infographic for Tests', 'You are looking']);
  });

  test('links its small numbers to the sources below', async () => {
    const { pages, places } = await readPdf(await make('Ana'));
    const links = pages.flatMap((page) => page.links);
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
      expect(beyondMargins(pages)).toEqual([]);
    }
  });

  test('leaves a long name out of a text that would not fit with it', async () => {
    const tight = pressFor((content) => ({
      ...content,
      offers: content.offers.map((offer) =>
        offer.document.kind === 'infographic'
          ? { ...offer, document: { ...offer.document, situations: { looking: FULL } } }
          : offer,
      ),
    }));
    const make = (name: string) =>
      tight.make({ offer: 'graphic', reader: { name, situation: 'looking', role: null }, paper: 'letter' });
    const short = await readPdf(await make('Ana'));
    expect(short.pages[1]?.text).toContain('Ana, Ana, Ana');
    const long = await readPdf(await make('W'.repeat(80)));
    expect(long.pages).toHaveLength(2);
    expect(long.pages[1]?.text).toContain('Prepared for W');
  });

  test('names the panel that finds no room when the text is too long for a page', async () => {
    const long = pressFor(
      withPanels([...PANELS, { kind: 'note', line: 9, title: 'Endless', text: words(900) }]),
    );
    const made = long.make({
      offer: 'graphic',
      reader: { name: 'Ana', situation: null, role: null },
      paper: 'a4',
    });
    await expect(made).rejects.toThrow(/note “Endless”.*Shorten it/);
  });
});
