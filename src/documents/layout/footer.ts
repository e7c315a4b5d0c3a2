import { say } from '../../content/phrase.ts';
import { fitLine } from './fit.ts';
import type { Setting } from './setting.ts';
import type { Mark, Page } from './shapes.ts';
import { shortTitle } from './title-parts.ts';

/** The same page with its footer: short title, which page of how many. */
export function withFooter(page: Page, title: string, number: number, count: number, setting: Setting): Page {
  const { content, grid, look, faces, styles } = setting;
  const { muted, line } = look.colors.light;
  const { size } = styles.note;
  const y = grid.height - 35;
  const numbered = say(content.words.document.page, { page: number, pages: count });
  const right = faces.measure('text', numbered, size);
  const text = (words: { text: string; size: number }, x: number): Mark => ({
    shape: { kind: 'text', x, y, text: words.text, size: words.size, face: 'text', color: muted },
    tag: null,
  });
  const marks: Mark[] = [
    {
      shape: { kind: 'rule', x1: grid.left, y1: y - 12, x2: grid.right, y2: y - 12, color: line, width: 0.5 },
      tag: null,
    },
    text(fitLine(shortTitle(title), 'text', size, grid.sideWidth, faces), grid.left),
    text({ text: right.text, size }, grid.right - right.width),
  ];
  return { ...page, pieces: [...page.pieces, { x: 0, y: 0, marks, running: 'footer' }] };
}
