import { describe, expect, it } from 'vitest';
import type { Content } from '../../src/content/model.ts';
import { createFactsKeeper } from '../../src/documents/facts.ts';
import { sampleContent } from './fixture.ts';

/** Restarts on one store; each is a program of its own build, whose layout makes some number of pages. */
function restarts() {
  let kept: string | null = null;
  const store = {
    setting: async () => kept,
    setSetting: async (_key: string, value: string) => void (kept = value),
  };
  return {
    start: async (build: string | null, pages: number, content: Content = sampleContent()) => {
      const counted: string[] = [];
      const press = {
        pages: async (offer: string) => {
          counted.push(offer);
          return pages;
        },
        chapters: async () => [],
      };
      const keeper = createFactsKeeper({ press, store, content: () => content, build });
      await keeper.gather();
      return { pages: keeper.of('paper')?.pages, counted };
    },
  };
}

describe('the number of pages', () => {
  it('is counted once for a content by one build of the program', async () => {
    const { start } = restarts();
    expect(await start('a', 12)).toEqual({ pages: 12, counted: ['paper', 'graphic'] });
    expect(await start('a', 99)).toEqual({ pages: 12, counted: [] });
  });

  it('is counted anew by another build, which may lay out another number', async () => {
    const { start } = restarts();
    await start('a', 12);
    expect((await start('b', 13)).pages).toBe(13);
    expect(await start('b', 99)).toMatchObject({ pages: 13, counted: [] });
  });

  it('is counted anew for another content', async () => {
    const { start } = restarts();
    await start('a', 12);
    expect((await start('a', 13, { ...sampleContent(), version: 'ba9876543210' })).pages).toBe(13);
  });

  it('is counted at each start from the sources, which may change under it', async () => {
    const { start } = restarts();
    await start(null, 12);
    expect((await start(null, 13)).pages).toBe(13);
  });

  it.each([
    ['first', ['paper']],
    ['last', ['paper', 'graphic']],
  ])('is neither told nor kept when other content comes into force at the %s document', async (_, asked) => {
    const old = sampleContent();
    let content = old;
    const counted: string[] = [];
    const press = {
      pages: async (offer: string) => {
        counted.push(offer);
        // The new content has no such offers: asking the press for another of them would throw.
        if (counted.length === asked.length) content = { ...old, version: 'ba9876543210', offers: [] };
        return 12;
      },
      chapters: async () => [],
    };
    const store = { setting: async () => null, setSetting: async () => expect.unreachable('It was kept.') };
    const keeper = createFactsKeeper({ press, store, content: () => content, build: 'a' });
    await keeper.gather();
    expect(counted).toEqual(asked);
    content = old;
    expect(keeper.of('paper')).toBeNull();
  });
});
