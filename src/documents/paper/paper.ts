import type { PaperSource } from '../../content/model.ts';
import { blockRows } from '../layout/blocks.ts';
import { coachRows } from '../layout/closing.ts';
import { contentsPages } from './contents.ts';
import { coverPage } from './cover.ts';
import { withFooter } from '../layout/footer.ts';
import { openingRows } from '../layout/opening.ts';
import { personalWords } from '../layout/personal.ts';
import { pagesOf } from '../layout/pages.ts';
import { partsOf } from './parts.ts';
import type { Part } from './parts.ts';
import { referenceRows } from './references.ts';
import type { Row } from '../layout/rows.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { Page, Sheets, Tag } from '../layout/shapes.ts';

/** Sets a white paper: cover, contents, summary, chapters, sources, and the coach's page. */
export function setPaper(source: PaperSource, setting: Setting): Sheets {
  const { content, grid, situation } = setting;
  const root = tag('Document', null);
  const parts = partsOf(source, situation, content.words.document);
  const body = parts.flatMap((part) => partPages(part, source, root, setting));
  // Set once to learn how many pages come before the text, and once more with the true numbers.
  const before = 1 + contentsPages(parts, () => 0, root, setting).length;
  const numbers = new Map(
    body.flatMap((page, index) => page.places.map(({ name }) => [name, before + index + 1] as const)),
  );
  const contents = contentsPages(parts, (name) => numbers.get(name) ?? 0, root, setting);
  const pages = [...contents, ...body];
  return {
    width: grid.width,
    height: grid.height,
    pages: [
      coverPage(source, root, setting),
      ...pages.map((page, index) => withFooter(page, source.title, index + 2, pages.length + 1, setting)),
    ],
    title: source.title,
    author: source.author,
    subject: source.subtitle,
    language: content.site.language,
    edition: content.version,
    date: content.site.updated,
    problems: [],
  };
}

function partPages(part: Part, source: PaperSource, root: Tag, setting: Setting): readonly Page[] {
  const { grid, look } = setting;
  const owner = tag('Sect', root);
  const column = { x: grid.textLeft, width: grid.textWidth };
  const rows: Row[] = [];
  if (part.title !== '') {
    const words = personalWords(setting.content.words.document.prepared_for, 'name', '');
    const note = part.kind === 'own' ? words : null;
    rows.push(...openingRows(part.heading, { number: part.number, note }, part, owner, setting));
  }
  rows.push(...blockRows(part.blocks, column, owner, setting));
  if (part.kind === 'references') rows.push(...referenceRows(source.references, owner, setting));
  if (part.kind === 'closing') rows.push(...coachRows(owner, setting));
  return pagesOf(rows, grid, look.print.baseline);
}
