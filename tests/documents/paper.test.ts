import { bytesOf } from '../../src/documents/model.ts';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../src/documents/model.ts';
import { heading, paragraph, pressFor, text, withBlocks, words } from './fixture.ts';
import { beyondMargins, readPdf } from './read.ts';

const press = pressFor();

function makePaper(
  name: string,
  situation: string | null = null,
  paper: Paper = 'a4',
  role: string | null = null,
) {
  return press.make({ offer: 'paper', reader: { name, situation, role }, paper });
}

describe('a white paper', () => {
  test('carries the name on its cover and at the head of its chapters, and page numbers on every other page', async () => {
    const { pages } = await readPdf(await makePaper('Katarzyna Żółkiewska'));
    expect(pages.length).toBeGreaterThan(9);
    expect(pages[0]?.text).toContain('Prepared for Katarzyna Żółkiewska');
    expect(pages[3]?.text).toContain('The market Katarzyna Żółkiewska,');
    expect(pages[0]?.text).toContain('Near and Far');
    expect(pages[0]?.text).toContain('November 23, 2026');
    expect(pages[0]?.text).not.toContain('Page 1 of');
    pages.slice(1).forEach((page, index) => {
      expect(page.text).toContain(`Page ${index + 2} of ${pages.length}`);
    });
  });

  test('begins with the chapter for the situation that was chosen, and has no other situation', async () => {
    const { outline, pages } = await readPdf(await makePaper('Ann', 'looking'));
    expect(outline.map(({ title }) => title)).toEqual([
      'Near and Far: A Paper for Tests',
      'Contents',
      'Summary',
      'If you are looking',
      'Three moves',
      'The market',
      'The people you half know',
      'Four weeks',
      'References',
      'The next step',
    ]);
    expect(pages.map((page) => page.text).join(' ')).not.toContain('If you are waiting');
  });

  test('has no chapter for a situation when none was chosen, or one that the content does not know', async () => {
    for (const situation of [null, 'unheard-of']) {
      const { outline } = await readPdf(await makePaper('Ann', situation));
      expect(outline[3]?.title).toBe('The market');
    }
  });

  test('tells the true page of everything in its contents, with a link to it', async () => {
    for (const situation of [null, 'looking']) {
      const { pages, places } = await readPdf(await makePaper('Ann', situation));
      const entries = (pages[1]?.links ?? []).flatMap(({ place, says }) =>
        place === null ? [] : [{ place, says }],
      );
      expect(entries.length).toBeGreaterThan(8);
      for (const { place, says } of entries) {
        const [, title = '', number = ''] = /^(.*), page (\d+)$/.exec(says) ?? [];
        expect(places.get(place)).toBe(Number(number));
        expect(flat(pages[Number(number) - 1]?.text)).toContain(flat(title));
        expect(flat(pages[1]?.text)).toContain(flat(`${title}${number}`));
      }
    }
  });

  test('links each small number to its source, and describes every link', async () => {
    const { pages, places } = await readPdf(await makePaper('Ann'));
    const links = pages.flatMap((page) => page.links);
    expect(links.filter(({ place }) => place === 'source-1').length).toBeGreaterThan(2);
    expect(places.get('source-1')).toBe(places.get('references'));
    for (const { says, url, place } of links) {
      expect(says).not.toBe('');
      expect(url ?? place).not.toBeNull();
    }
    const inside = links.flatMap(({ place }) => (place === null ? [] : [place]));
    expect(inside.filter((place) => !places.has(place))).toEqual([]);
    const urls = links.map(({ url }) => url);
    // A link to an offer is for somebody else: it tells that a copy was passed on.
    expect(urls).not.toContain('https://funnel.example/paper');
    expect(urls.filter((url) => url === SHARED).length).toBeGreaterThan(2);
    expect(urls.some((url) => url?.startsWith('mailto:ada@house.example'))).toBe(true);
  });

  test('has sections in its outline, a title, a language and a structure with headings, lists and a described figure', async () => {
    const { outline, title, language, structure } = await readPdf(await makePaper('Ann'));
    expect(outline[3]?.sections).toEqual(['First section of The market', 'Last section of The market']);
    expect(title).toBe('Near and Far: A Paper for Tests');
    expect(language).toBe('en');
    for (const role of ['H1', 'H2', 'H3', 'P', 'L', 'LI', 'LBody', 'BlockQuote', 'TOC', 'Link', 'Figure']) {
      expect(structure).toContain(`"role":"${role}"`);
    }
    expect(structure).toContain('Two clusters joined by one line.');
  });

  test('is the same to the byte when it is made again, also by another press and between others', async () => {
    const first = await makePaper('Ann', 'looking', 'a4', 'CFO');
    await makePaper('Somebody Else');
    const [again, other] = await Promise.all([
      makePaper('Ann', 'looking', 'a4', 'CFO'),
      pressFor().make({
        offer: 'paper',
        reader: { name: 'Ann', situation: 'looking', role: 'CFO' },
        paper: 'a4',
      }),
    ]);
    expect(again.sha256).toBe(first.sha256);
    expect(other.sha256).toBe(first.sha256);
    expect(Buffer.from(bytesOf(again)).equals(bytesOf(first))).toBe(true);
  });

  test('does not depend on the names that were set before', async () => {
    const names = ['Άννα О’Коннор', 'O’Neill\u00a0Ångström', 'Анна Ohm', 'ﬁona ﬀ'];
    const inOrder = pressFor();
    for (const name of names) {
      const fresh = pressFor();
      const request = { offer: 'paper', reader: { name, situation: null, role: name }, paper: 'a4' } as const;
      expect((await inOrder.make(request)).sha256).toBe((await fresh.make(request)).sha256);
    }
  });

  test('keeps every line within its margins and every page above its footer, on both papers', async () => {
    for (const paper of ['a4', 'letter'] as const) {
      const { pages } = await readPdf(await makePaper('W'.repeat(80), 'looking', paper, 'M'.repeat(80)));
      expect([Math.round(pages[0]?.width ?? 0), Math.round(pages[0]?.height ?? 0)]).toEqual(
        paper === 'a4' ? [595, 842] : [612, 792],
      );
      expect(beyondMargins(pages)).toEqual([]);
    }
  });

  test('sets the role where it is known and other words where it is not', async () => {
    const known = await readPdf(await makePaper('Ann', null, 'a4', 'Chief Risk Officer'));
    const unknown = await readPdf(await makePaper('Ann'));
    const all = (pdf: typeof known) => pdf.pages.map((page) => page.text).join(' ');
    expect(all(known)).toContain('For Chief Risk Officer 1 A prompt');
    expect(all(unknown)).toContain('For your next post 1 A prompt');
  });

  test('sets the plan on a page of its own, with the name, the role, boxes to tick and room for a date', async () => {
    for (const paper of ['a4', 'letter'] as const) {
      const { pages, places } = await readPdf(await makePaper('Ann', 'looking', paper, 'Chief Risk Officer'));
      const page = places.get('own-1-plan-1') ?? 0;
      const said = pages[page - 1]?.text ?? '';
      for (const words of [
        'Three moves',
        'Prepared for Ann',
        'The post Chief Risk Officer',
        '3 Move number 3',
      ])
        expect(said).toContain(words);
      expect(said.match(/By Done/g)).toHaveLength(3);
      expect(places.get('chapter-1')).toBe(page + 1);
    }
  });

  test('numbers its charts in the order of reading, and says in words all that they draw', async () => {
    const looking = await readPdf(await makePaper('Ann', 'looking'));
    const all = looking.pages.map((page) => page.text).join(' ');
    expect(all).toMatch(/Figure 1 Shares.*76%.*nearly 60%.*Somebody, 1974.*Figure 2 Ways in.*18\.8%/);
    expect(looking.structure).toContain('Points. Shares. Of these: 76%; Of those: nearly 60%.');
    expect(looking.structure).toContain('Bars. Ways in. Through people: 56%; Through paper: 18.8%.');
    const nobody = await readPdf(await makePaper('Ann'));
    expect(nobody.pages.map((page) => page.text).join(' ')).toContain('Figure 1 Ways in');
  });

  test('tells the page behind a link to another chapter', async () => {
    const { pages, places } = await readPdf(await makePaper('Ann', 'looking'));
    const page = places.get('chapter-3');
    const own = pages.find(({ text }) => text.includes('Begin with the weeks'));
    expect(own?.text).toContain(`Begin with the weeks (page ${page})`);
    expect(
      own?.links.some(({ place, says }) => place === 'chapter-3' && says === `the weeks, page ${page}`),
    ).toBe(true);
  });

  test('makes one link of words and a field, and tells its page once', async () => {
    const link = [
      { kind: 'text', text: 'Ask ', href: '#weeks' },
      { kind: 'field', field: 'coach', fallback: '', href: '#weeks' },
      { kind: 'text', text: ' now', emphasis: true, href: '#weeks' },
    ] as const;
    const short = pressFor(withBlocks([heading(1, 'Weeks'), paragraph(...link)]));
    const { pages } = await readPdf(
      await short.make({ offer: 'paper', reader: { name: 'Ann', situation: null, role: null }, paper: 'a4' }),
    );
    const page = pages.find(({ text }) => text.includes('Ask '));
    expect(page?.text).toMatch(/Ask \S+ \S+ now \(page \d\)/);
    expect(page?.links.filter(({ place }) => place === 'chapter-1').map(({ says }) => says)).toEqual([
      expect.stringMatching(/^Ask \S+ \S+, page \d$/),
      expect.stringMatching(/^ ?now, page \d$/),
    ]);
  });

  test('counts a list from its first number', async () => {
    const list = {
      kind: 'list',
      ordered: true,
      start: 4,
      items: [text('Ring.'), text('Write.')],
      line: 1,
    } as const;
    const short = pressFor(withBlocks([heading(1, 'Weeks'), list]));
    const { pages } = await readPdf(
      await short.make({ offer: 'paper', reader: { name: 'Ann', situation: null, role: null }, paper: 'a4' }),
    );
    expect(pages.map((page) => page.text).join(' ')).toMatch(/4\.\s+Ring\.\s+5\.\s+Write\./);
  });

  test('says which edition it is, and leads those to whom it was passed on to its page', async () => {
    const { pages } = await readPdf(await makePaper('Ann'));
    const last = pages.at(-1);
    expect(last?.text).toContain('Edition of November 23, 2026, version 0123456789ab');
    for (const page of [pages[1], last]) {
      expect(page?.text).toContain('Was this passed on to you? Get your own');
      expect(page?.links.map(({ url }) => url)).toContain(SHARED);
    }
  });

  test('counts the pages of the part that all readers get', async () => {
    const made = await readPdf(await makePaper('Ann'));
    expect(await press.pages('paper')).toBe(made.pages.length);
  });

  test('has a file name in ASCII', async () => {
    expect((await makePaper('Ann')).fileName).toBe('Ubung-Paper.pdf');
  });

  test('sets a pull quote in the text where the side column is taken, and loses none', async () => {
    const quote = (words: string, at: number) => ({ kind: 'quote', text: text(words), line: at }) as const;
    const items = [1, 2, 3].map((n) => text(`Item number ${n}`));
    const box = { kind: 'checklist', title: 'Box', items, line: 5 } as const;
    const blocks = [
      heading(1, 'Chapter'),
      quote('Pulled beside a box.', 1),
      box,
      quote('Pulled twice.', 2),
      quote('Pulled behind it.', 3),
      paragraph(words(120)),
      quote('Pulled at the very end.', 4),
    ];
    const made = await pressFor(withBlocks(blocks)).make({
      offer: 'paper',
      reader: { name: 'Ann', situation: null, role: null },
      paper: 'a4',
    });
    const { pages } = await readPdf(made);
    const all = pages.map((page) => page.text).join(' ');
    for (const said of ['beside a box', 'twice', 'behind it', 'at the very end'])
      expect(all.match(new RegExp(`Pulled ${said}\\.`, 'g'))).toHaveLength(1);
    expect(beyondMargins(pages)).toEqual([]);
  });

  test('does not tear a box that fits on a page', async () => {
    const blocks = [
      heading(1, 'Chapter'),
      paragraph(words(330)),
      {
        kind: 'checklist',
        title: 'Box',
        items: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => text(`Item number ${n}`)),
        line: 1,
      } as const,
    ];
    const made = await pressFor(withBlocks(blocks)).make({
      offer: 'paper',
      reader: { name: 'Ann', situation: null, role: null },
      paper: 'a4',
    });
    const { pages } = await readPdf(made);
    const withItems = pages.filter((page) => page.text.includes('Item number'));
    expect(withItems).toHaveLength(1);
  });

  test('sets a box, a list or a paragraph that is longer than a page, and loses nothing of it', async () => {
    const items = Array.from({ length: 120 }, (_, index) => text(`Thing ${index + 1}.`));
    const blocks = [
      heading(1, 'Chapter'),
      { kind: 'checklist', title: 'Endless', items, line: 1 } as const,
      { kind: 'list', ordered: true, items, line: 2 } as const,
      paragraph(words(1500)),
    ];
    const made = await pressFor(withBlocks(blocks)).make({
      offer: 'paper',
      reader: { name: 'Ann', situation: null, role: null },
      paper: 'letter',
    });
    const all = (await readPdf(made)).pages.map((page) => page.text).join(' ');
    expect(all.match(/Thing 120\./g)).toHaveLength(2);
  });
});

const SHARED = 'https://funnel.example/paper?utm_source=shared-copy';

/** Text without blanks: pdf.js cuts it wherever the pen was lifted. */
function flat(value: string | undefined): string {
  return (value ?? '').replace(/\s+/g, '');
}
