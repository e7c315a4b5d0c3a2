import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { loadContent } from '../../src/content/load.ts';
import { tellProblem } from '../../src/content/source.ts';
import type { LayoutProblem } from '../../src/documents/layout/shapes.ts';
import type { Variant } from '../../src/documents/model.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import { proofOf } from '../../src/documents/press/proof.ts';
import { ROOT } from '../../src/root.ts';
import { contentWith } from '../content/fixture.ts';
import { sampleContent } from './fixture.ts';

const TOO_LONG: LayoutProblem = { line: 30, problem: 'The summary is too long.', remedy: 'Shorten it.' };
const TORN: LayoutProblem = { line: 12, problem: 'A list is torn.', remedy: 'Move it.' };

function pages(count: number): LayoutProblem {
  return {
    line: null,
    problem: `The paper has ${count} pages.`,
    remedy: 'Shorten it.',
    excess: { pages: count },
  };
}

/** A press on which only these variants have a mistake. */
function pressWith(found: (variant: Variant) => readonly LayoutProblem[]) {
  const seen: Variant[] = [];
  const set = async (variant: Variant) => {
    seen.push(variant);
    return { problems: found(variant), lost: [] };
  };
  return { set, seen };
}

describe('trying out a content', () => {
  it('finds the sample without a mistake: what is shown to newcomers fits its pages', async () => {
    const loaded = await loadContent([join(ROOT, 'assets/content')]);
    if (!loaded.ok) throw new Error(loaded.problems.map(tellProblem).join('\n'));
    const printer = createPrinter(join(ROOT, 'assets/fonts'));
    expect((await printer.proof(loaded.content)).map(tellProblem)).toEqual([]);
  });

  it('tells words around an answer that no line could show', async () => {
    const content = sampleContent();
    const words = {
      ...content.words,
      document: { ...content.words.document, prepared_for: '🎁 For {{name}}' },
    };
    const told = (await createPrinter(join(ROOT, 'assets/fonts')).proof({ ...content, words })).map(
      tellProblem,
    );
    expect(told.length).toBeGreaterThan(0);
    for (const one of told)
      expect(one).toMatch(/^offers\/.*The line “🎁 For ….*” has .*in it: 🎁\. Write it in/);
  });

  it('sets each document for every situation and for none, on both papers', async () => {
    const { set, seen } = pressWith(() => []);
    expect(await proofOf(await contentWith(), set)).toEqual([]);
    for (const offer of ['white-paper', 'infographic'])
      for (const paper of ['a4', 'letter'] as const)
        for (const situation of [null, 'looking', 'between'])
          expect(seen).toContainEqual({ offer, paper, situation });
    expect(seen).toHaveLength(12);
  });

  it('tells each mistake once, with its file, in the order of lines', async () => {
    const { set } = pressWith(({ offer }) => (offer === 'white-paper' ? [TOO_LONG, TORN] : [TORN]));
    expect((await proofOf(await contentWith(), set)).map(tellProblem)).toEqual([
      'offers/white-paper/document.md:12: A list is torn. Move it.',
      'offers/white-paper/document.md:30: The summary is too long. Shorten it.',
      'offers/infographic/document.yaml:12: A list is torn. Move it.',
    ]);
  });

  it('says so when a mistake shows on one paper only', async () => {
    const { set } = pressWith(({ offer, paper }) =>
      offer === 'infographic' && paper === 'letter' ? [TOO_LONG] : [],
    );
    expect((await proofOf(await contentWith(), set)).map(tellProblem)).toEqual([
      'offers/infographic/document.yaml:30: The summary is too long. (On US Letter only.) Shorten it.',
    ]);
  });

  it('tells too many pages once, for the longest variant, with the situation that makes it so long', async () => {
    const { set } = pressWith(({ offer, situation }) =>
      offer === 'white-paper' ? [pages(situation === 'looking' ? 18 : 17)] : [],
    );
    expect((await proofOf(await contentWith(), set)).map(tellProblem)).toEqual([
      'offers/white-paper/document.md: The paper has 18 pages with the situation “looking”. Shorten it.',
    ]);
  });

  it('does not count the pages where a part is longer than its own', async () => {
    const { set } = pressWith(({ situation }) => [
      pages(17),
      ...(situation === null ? [{ ...TOO_LONG, excess: 'page' as const }] : []),
    ]);
    expect((await proofOf(await contentWith(), set)).map(({ problem }) => problem)).toEqual([
      TOO_LONG.problem,
      TOO_LONG.problem,
    ]);
  });
});
