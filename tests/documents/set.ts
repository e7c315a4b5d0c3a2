import { join } from 'node:path';
import { loadContent } from '../../src/content/load.ts';
import type { PaperSource } from '../../src/content/paper-model.ts';
import type { Content } from '../../src/content/model.ts';
import { loadFaces } from '../../src/documents/layout/faces.ts';
import type { Faces } from '../../src/documents/layout/faces.ts';
import { settingFor } from '../../src/documents/layout/setting.ts';
import type { Mark, Page, Sheets, Tag } from '../../src/documents/layout/shapes.ts';
import type { Paper } from '../../src/documents/model.ts';
import { setPaper } from '../../src/documents/paper/paper.ts';
import { ROOT } from '../../src/root.ts';
import { FONTS } from './fixture.ts';

let loading: Promise<Faces> | undefined;
/** The fonts, parsed once for a test file. */
export function faces(): Promise<Faces> {
  return (loading ??= loadFaces(FONTS));
}

/** The content that ships with the project. */
export async function shippedContent(): Promise<Content> {
  const outcome = await loadContent([join(ROOT, 'assets/content')]);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems, null, 1));
  return outcome.content;
}

/** That content, and the white paper in it, or another of its papers. */
export async function shippedPaper(
  offer = 'white-paper',
): Promise<{ readonly content: Content; readonly source: PaperSource }> {
  const content = await shippedContent();
  const source = content.offers.find(({ key }) => key === offer)?.document;
  if (source?.kind !== 'paper') throw new Error(`No paper ${offer} is shipped.`);
  return { content, source };
}

/** The sheets of one variant of a white paper. */
export async function sheetsOf(
  content: Content,
  source: PaperSource,
  situation: string | null,
  paper: Paper,
  offer = 'white-paper',
): Promise<Sheets> {
  const variant = { offer, situation, paper };
  return setPaper(source, settingFor(variant, content, await faces(), 'https://funnel.example'));
}

/** A line of text as it stands on a page: one tag, one baseline. `y` counts from the top of the page. */
export type SetLine = {
  readonly tag: Tag;
  readonly y: number;
  readonly left: number;
  readonly size: number;
  readonly text: string;
};

/** The lines of a page in the order of reading; small numbers above the line count to their line. */
export function linesOn({ pieces }: Page): readonly SetLine[] {
  const lines: SetLine[] = [];
  for (const { x, y, marks } of pieces) {
    for (const { shape, tag } of marks) {
      if (shape.kind !== 'text' || tag === null) continue;
      const owner = blockOf(tag);
      const at = lines.at(-1);
      if (at?.tag === owner && (Math.abs(at.y - y - shape.y) < 0.1 || shape.size < at.size * 0.85))
        lines[lines.length - 1] = { ...at, text: at.text + shape.text };
      else lines.push({ tag: owner, y: y + shape.y, left: x + shape.x, size: shape.size, text: shape.text });
    }
  }
  return lines;
}

/** A link belongs to the paragraph that it stands in. */
function blockOf(tag: Tag): Tag {
  return tag.type === 'Link' && tag.parent !== null ? blockOf(tag.parent) : tag;
}

/** The tag itself and all that it stands in. */
export function lineage(tag: Tag | null): readonly Tag[] {
  return tag === null ? [] : [tag, ...lineage(tag.parent)];
}

/** Every mark of a page with its place on it. */
export function marksOn({ pieces }: Page): readonly (Mark & { readonly dx: number; readonly dy: number })[] {
  return pieces.flatMap(({ x, y, marks }) => marks.map((mark) => ({ ...mark, dx: x, dy: y })));
}
