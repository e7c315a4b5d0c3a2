import { expect, it } from 'vitest';
import { pressFor } from './fixture.ts';
import { readPdf } from './read.ts';

it('the press tells each chapter’s title, number and page as they stand in the paper', async () => {
  const press = pressFor();
  const reader = { name: 'Ann Lee', situation: null, role: null };
  const { outline, places } = await readPdf(await press.make({ offer: 'paper', reader, paper: 'a4' }));
  const chapters = await press.chapters('paper');
  expect(chapters.map(({ title }) => title)).toEqual(outline.map(({ title }) => title));
  const numbered = chapters.filter(({ number }) => number !== null);
  expect(numbered.length).toBeGreaterThan(1);
  expect(numbered.map(({ number }) => number)).toEqual(numbered.map((_, index) => index + 1));
  for (const { number, page } of numbered) expect(page).toBe(places.get(`chapter-${number}`));
});
