import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const CONTENT = new URL('../../assets/content/', import.meta.url);
const FRENCH = ['words/fr.yaml', 'languages/fr/**/*.{md,yaml}'];

/** What French typography does not allow: the sign, found in running text. U+00A0 and U+202F are written as escapes, since nobody sees them. */
const SLIPS = [
  { slip: 'a breakable space, or none, inside « »', pattern: /«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»/ },
  { slip: 'a breakable space before a colon', pattern: / :(?=[ "]|$)/ },
  {
    slip: 'another space than the narrow one that does not break, or none, before ; ! or ?',
    pattern: /[^\u202f/?][;!?](?=[ "”»)\u00a0]|$)/,
  },
  { slip: 'a breakable space before %', pattern: /\d[ ]?%/ },
  { slip: 'two spaces in a row', pattern: /\S(?:[ \u00a0\u202f]{2,})\S/ },
  { slip: 'a straight apostrophe', pattern: /\p{L}'\p{L}/u },
  { slip: 'an English quote', pattern: /[“‘]/ },
  { slip: 'a decimal point', pattern: /\d\.\d+[\u00a0\u202f ]?%/ },
];

/** English titles of works, which keep their own typography. */
const TITLES = /Do Informal Referrals Lead to Better Matches\?|Feeling rejected\?/g;

test.each(SLIPS)('the French texts have nowhere $slip', async ({ pattern }) => {
  const found: string[] = [];
  for await (const { file, line, text } of frenchLines()) {
    if (pattern.test(text)) found.push(`${file}:${line}: ${text}`);
  }
  expect(found).toEqual([]);
});

/** The lines that somebody reads; not comments, nor addresses. */
async function* frenchLines(): AsyncGenerator<{
  readonly file: string;
  readonly line: number;
  readonly text: string;
}> {
  for await (const file of glob([...FRENCH, ...(await frenchOffers())], { cwd: CONTENT.pathname })) {
    const lines = (await readFile(new URL(file, CONTENT), 'utf8')).split('\n');
    for (const [index, line] of lines.entries()) {
      if (line.startsWith('#') && file.endsWith('.yaml')) continue;
      yield {
        file,
        line: index + 1,
        text: line
          .replace(/(?:https?|mailto):[^\s)"]+/g, '')
          .replace(TITLES, 'x')
          .replace(/\\u(00a0|202f)/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16))),
      };
    }
  }
}

async function frenchOffers(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const file of glob('offers/*/offer.yaml', { cwd: CONTENT.pathname })) {
    const text = await readFile(new URL(file, CONTENT), 'utf8');
    if (/^language: fr$/m.test(text)) found.push(file.replace('offer.yaml', '*.{md,yaml}'));
  }
  return found;
}
