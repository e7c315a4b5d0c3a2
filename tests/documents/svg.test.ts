import { describe, expect, test } from 'vitest';
import { screenSvgs } from '../../src/documents/infographic/screen.ts';
import { pageSvg } from '../../src/documents/svg/page.ts';
import { pressFor, sampleContent } from './fixture.ts';
import { readPdf } from './read.ts';
import { sheetsOf, testFaces, textsOn } from './sheets.ts';
import { elementsOf } from './well-formed.ts';

const content = sampleContent();
const drawn = async (options: Partial<Parameters<typeof pageSvg>[3]> = {}) =>
  pageSvg(await sheetsOf(content, 'graphic'), 0, await testFaces(), { ids: 'p1-', ...options });

describe('a page as a picture', () => {
  test('is one well-formed SVG file with a name and a description', async () => {
    const elements = elementsOf(await drawn({ title: 'A <b> & "c"' }));
    expect(elements[0]?.name).toBe('svg');
    expect(elements[0]?.attributes.get('role')).toBe('img');
    const named = elements[0]?.attributes.get('aria-labelledby')?.split(' ') ?? [];
    const ids = elements.map(({ attributes }) => attributes.get('id'));
    expect(named).toHaveLength(2);
    for (const id of named) expect(ids).toContain(id);
    expect(await drawn({ title: 'A <b> & "c"' })).toContain('>A &lt;b&gt; &amp; &quot;c&quot;</title>');
  });

  test('has only shapes and attributes that our policy lets through, and nothing from elsewhere', async () => {
    const known = ['svg', 'title', 'desc', 'defs', 'path', 'g', 'use', 'rect', 'line', 'circle'];
    const elements = elementsOf(await drawn());
    expect(elements.filter(({ name }) => !known.includes(name))).toEqual([]);
    const attributes = elements.flatMap((element) => [...element.attributes]);
    expect(attributes.filter(([key]) => /^(style|class|on.*|src)$/.test(key))).toEqual([]);
    expect(attributes.filter(([key, value]) => key === 'href' && !value.startsWith('#p1-'))).toEqual([]);
    const foreign = /url\(|:\/\/|NaN|undefined/;
    expect(attributes.filter(([key, value]) => key !== 'xmlns' && foreign.test(value))).toEqual([]);
  });

  test('draws each letter from an outline of its own, with ids that are not those of another picture', async () => {
    const ids = (svg: string) => elementsOf(svg).flatMap(({ attributes }) => attributes.get('id') ?? []);
    const [one, other] = [ids(await drawn()), ids(await drawn({ ids: 'p2-' }))];
    expect(new Set([...one, ...other]).size).toBe(one.length + other.length);
    const used = elementsOf(await drawn()).flatMap(
      ({ attributes }) => attributes.get('href')?.slice(1) ?? [],
    );
    expect(used.length).toBeGreaterThan(500);
    expect(used.filter((id) => !one.includes(id))).toEqual([]);
  });

  test('is the same every time', async () => {
    expect(await drawn()).toBe(await drawn());
  });

  test('sets every line where the printed page has it', async () => {
    const made = await pressFor().make({
      offer: 'graphic',
      reader: { name: 'Ava Toller', situation: null, role: null },
      paper: 'a4',
    });
    const printed = (await readPdf(made)).pages[0]?.items ?? [];
    const runs = runsIn(await drawn({ answers: { name: 'Ava Toller' } }));
    expect(printed.length).toBeGreaterThan(40);
    const faces = await testFaces();
    const set = textsOn(await sheetsOf(content, 'graphic'), 0);
    for (const { text, left, right, y } of printed) {
      const run = runs.find((one) => Math.abs(one.y - y) < 0.02 && Math.abs(one.left - left) < 0.02);
      expect(run).toBeDefined();
      const shape = set.find((one) => Math.abs(one.y - y) < 0.02 && Math.abs(one.x - left) < 0.02);
      // Personal lines are no texts of the layout.
      const { face = 'textBold', size = 9 } = shape ?? {};
      const letter = Array.from((shape?.text ?? text).trim()).at(-1) ?? '';
      const end = (run?.last ?? 0) + faces.measure(face, letter, size).width;
      // pdf.js joins what stands in one line: its end is that of the last run.
      if (shape?.text.trim() !== text.trim() && shape !== undefined) continue;
      expect(Math.abs(end - right)).toBeLessThan(0.05 * size);
    }
  });

  test('says in a personal line what it is told, or what it says to nobody', async () => {
    const sheets = await sheetsOf(content, 'graphic');
    const faces = await testFaces();
    const uses = (answers: { name?: string }) =>
      elementsOf(pageSvg(sheets, 0, faces, { ids: 'p', answers })).filter(({ name }) => name === 'use')
        .length;
    const without = uses({});
    expect(uses({ name: '' })).toBe(without);
    // "Prepared for Ann · " more, without its four blanks.
    expect(uses({ name: 'Ann' })).toBe(without + 'PreparedforAnn·'.length);
    expect(uses({ name: 'W'.repeat(200) })).toBeGreaterThan(without);
  });

  test('of a page that does not exist is a bug', async () => {
    const sheets = await sheetsOf(content, 'graphic');
    const faces = await testFaces();
    expect(() => pageSvg(sheets, 1, faces, { ids: 'p' })).toThrow('no page 2 of 1');
  });
});

describe('the pictures for screens', () => {
  test('are well-formed, as wide as a phone and as a desk, and of an infographic only', async () => {
    const pictures = screenSvgs(content, 'graphic', await testFaces());
    if (pictures === null) throw new Error('There are none.');
    expect([pictures.narrow.width, pictures.wide.width]).toEqual([360, 900]);
    for (const { svg, width, height } of Object.values(pictures)) {
      const [root] = elementsOf(svg);
      expect([root?.attributes.get('width'), root?.attributes.get('height')]).toEqual([
        `${width}`,
        `${height}`,
      ]);
    }
    expect(screenSvgs(content, 'paper', await testFaces())).toBeNull();
  });

  test('come from the press once they are made, and nobody waits for them', async () => {
    const press = pressFor();
    expect(await press.screen('graphic')).toBeNull();
    await expect.poll(async () => (await press.screen('graphic'))?.wide.svg).toMatch(/^<svg /);
    expect(await press.screen('graphic')).toBe(await press.screen('graphic'));
    expect(await press.screen('paper')).toBeNull();
  });
});

/** Where each run of letters begins, and where its last letter does: points from the left top corner. */
function runsIn(svg: string) {
  return [...svg.matchAll(/<g [^>]*matrix\(([^)]*)\)">(.*?)<\/g>/g)].map((match) => {
    const [scale = 0, , , , left = 0, y = 0] = (match[1] ?? '').split(' ').map(Number);
    const last = Number(/.*<use[^>]*? x="([^"]*)"/.exec(match[2] ?? '')?.[1] ?? 0);
    return { left, y, last: left + scale * last };
  });
}
