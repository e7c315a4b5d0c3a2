import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadFaces } from '../../../src/documents/layout/faces.ts';
import type { Faces } from '../../../src/documents/layout/faces.ts';
import { tag } from '../../../src/documents/layout/shapes.ts';
import type { Mark, Sheets, Tag } from '../../../src/documents/layout/shapes.ts';
import { drawPdf } from '../../../src/documents/pdf/pen.ts';
import { FONTS } from '../fixture.ts';
import { stumbles } from './reading.ts';
import { make, nameOf, VARIANTS } from './variants.ts';

let faces: Faces;
beforeAll(async () => {
  faces = await loadFaces(FONTS);
});

describe('a program that reads aloud', () => {
  test.each(VARIANTS.map((variant) => [nameOf(variant), variant] as const))(
    'finds its way through %s',
    async (_, variant) => {
      expect(await stumbles(await make(variant, 'Katarzyna Żółkiewska', 'CFO'))).toEqual([]);
    },
  );

  test('does not mind a level of headings that the coach left out, and hears it as the next one', async () => {
    const pdf = await draw([
      text('One', tag('H1', ROOT)),
      text('Two', tag('H3', ROOT)),
      text('Three', tag('H3', ROOT)),
      text('Four', tag('H2', ROOT)),
    ]);
    expect(await stumbles(pdf)).toEqual([]);
    expect(typesIn(pdf)).toEqual(['Document', 'H1', 'H2', 'H2', 'H2']);
  });

  test('hears of a list that it counts when its labels are numbers', async () => {
    const list = tag('L', ROOT);
    const item = tag('LI', list);
    const pdf = await draw([
      text('H', tag('H1', ROOT)),
      text('1. ', tag('Lbl', item)),
      text('One', tag('LBody', item)),
    ]);
    expect(Buffer.from(pdf).toString('latin1')).toContain('/ListNumbering /Decimal');
  });

  test('is told signs that mean something in XML, and an address that is not in ASCII', async () => {
    const link = tag('Link', tag('P', ROOT));
    const pdf = await draw(
      [
        text('H', tag('H1', ROOT)),
        text('there', link),
        leading('https://example.org/für?a=1&b=(2)', 'To the book', link),
      ],
      { title: 'Profit & <Loss>\u0007 – “more”', subject: ']]> \ud800', author: 'Ann & Co' },
    );
    expect(await stumbles(pdf)).toEqual([]);
    const metadata = Buffer.from(pdf).toString('utf8');
    expect(metadata).toContain('>Profit &#38; &#60;Loss&#62; – “more”</rdf:li>');
    expect(metadata).toContain('https://example.org/f%C3%BCr?a=1&b=\\(2\\)');
  });

  test('hears where a link leads', async () => {
    const link = tag('Link', tag('P', ROOT));
    const pdf = await draw([
      leading('mailto:ann@example.org?subject=Talk', 'Let us talk', link),
      leading('https://example.org/book/', 'example.org/book', link),
    ]);
    const file = Buffer.from(pdf).toString('latin1');
    expect(file).toContain('/Contents (Let us talk: ann@example.org)');
    expect(file).toContain('/Contents (example.org/book)');
  });

  test('finds a place by the bytes of its name, whatever the language of the machine that made the file', async () => {
    const names = ['alpha', 'Zeta', 'chapter-10', 'chapter-2'];
    const places = names.map((name) => ({ name, y: 0, bookmark: null }));
    const pdf = await draw([], { pages: [{ pieces: [], places }] });
    const sorted = Buffer.from(pdf)
      .toString('latin1')
      .match(/(?<=^ *\()[\w-]+(?=\) \[)/gm);
    expect(sorted).toEqual(['Zeta', 'alpha', 'chapter-10', 'chapter-2']);
  });
});

describe('a page at which a listener would stumble is found', () => {
  test.each([
    ['a figure without words', drawing(null)],
    ['a link without words to top', leading('top', ' ', tag('Link', ROOT))],
    ['the link “There” stands in no Link', leading('top', 'There', tag('P', ROOT))],
    ['the link “There” leads nowhere', leading('nowhere', 'There', tag('Link', ROOT))],
  ] as const)('when there is %s', async (what, mark) => {
    expect(await stumbles(await draw([text('Title', tag('H1', ROOT)), mark]))).toEqual([`page 1: ${what}`]);
  });

  test('when a text has no tag, a level is left out, or the structure has another order than the page', async () => {
    const first = await written((doc, root) => {
      doc.text('Nobody hears this');
      root.add(doc.struct('H1', {}, () => void doc.text('Title ')));
      root.add(doc.struct('H3', {}, () => void doc.text('Deep ')));
    });
    expect(first).toContain('page 1: “Nobody hears this” has no tag');
    expect(first).toContain('page 1: H3 after H1');
    const second = await written((doc, root) => {
      const late = doc.markStructureContent('P');
      doc.text('Second ').endMarkedContent();
      root.add(doc.struct('H1', {}, () => void doc.text('First ')));
      root.add(doc.struct('P', {}, [late]));
    });
    expect(second).toContain('page 1: the structure has another order than the page');
  });

  test('when the file tells nothing about itself, or has bookmarks to nowhere, or none', async () => {
    const bare = await written(() => undefined);
    for (const what of [
      'no bookmarks',
      'no language',
      'no title',
      'no mark of PDF/UA',
      'the title is not shown',
    ])
      expect(bare).toContain(what);
    const scripted = await written((doc) => {
      doc.addNamedJavaScript('greet', 'app.alert(1)');
      doc.file(Buffer.from('x'), { name: 'x.txt', creationDate: new Date(0), modifiedDate: new Date(0) });
    });
    expect(scripted).toEqual(expect.arrayContaining(['scripts', 'attached files']));
  });
});

/** What is found in a page that pdfkit alone has made. */
async function written(
  draw: (doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement) => void,
): Promise<readonly string[]> {
  const doc = new PDFDocument({ tagged: true, pdfVersion: '1.7', font: join(FONTS, 'Inter-Regular.ttf') });
  const root = doc.struct('Document');
  doc.addStructure(root);
  draw(doc, root);
  root.end();
  const whole = buffer(doc);
  doc.end();
  return stumbles(await whole);
}

/** The types of all elements, as they stand in the file. */
function typesIn(pdf: Uint8Array): readonly string[] {
  const elements = Buffer.from(pdf)
    .toString('latin1')
    .matchAll(/\/Type \/StructElem\s*\/S \/(\w+)/g);
  return [...elements].map(([, type = '']) => type);
}

const ROOT = tag('Document', null);

function text(words: string, owner: Tag): Mark {
  return {
    shape: { kind: 'text', x: 9, y: 20, text: words, face: 'text', size: 9, color: '#000000' },
    tag: owner,
  };
}

function drawing(alt: string | null): Mark {
  const figure: Tag = { ...tag('Figure', ROOT), box: [0, 0, 9, 9], ...(alt === null ? {} : { alt }) };
  return { shape: { kind: 'dot', x: 5, y: 5, r: 4, fill: '#000000' }, tag: figure };
}

function leading(to: string, says: string, owner: Tag): Mark {
  const target = to.includes(':')
    ? ({ kind: 'url', url: to } as const)
    : ({ kind: 'place', name: to } as const);
  return { shape: { kind: 'link', x: 9, y: 9, w: 50, h: 12, target, says }, tag: owner };
}

async function draw(marks: readonly Mark[], told: Partial<Sheets> = {}): Promise<Uint8Array> {
  const sheets: Sheets = {
    width: 300,
    height: 200,
    pages: [
      {
        pieces: [{ x: 0, y: 0, marks }],
        places: [{ name: 'top', y: 0, bookmark: { title: 'Top', level: 1 } }],
      },
    ],
    title: 'A page',
    author: 'Ann',
    subject: 'For a test',
    language: 'en',
    edition: '0123456789ab',
    date: '2026-11-23',
    problems: [],
    ...told,
  };
  return (await drawPdf(sheets, faces, { kind: 'later' })).bytes;
}
