import { setInfographic } from '../../src/documents/infographic/infographic.ts';
import { setForScreen } from '../../src/documents/infographic/screen.ts';
import type { Screen } from '../../src/documents/infographic/screen.ts';
import { loadFaces } from '../../src/documents/layout/faces.ts';
import type { Faces } from '../../src/documents/layout/faces.ts';
import { settingFor } from '../../src/documents/layout/setting.ts';
import type { Mark, Sheets } from '../../src/documents/layout/shapes.ts';
import type { InfographicSource } from '../../src/content/infographic-model.ts';
import type { Content } from '../../src/content/model.ts';
import type { Paper } from '../../src/documents/model.ts';
import { FONTS } from './fixture.ts';

let loading: Promise<Faces> | undefined;
/** The fonts, parsed once for a file of tests. */
export function testFaces(): Promise<Faces> {
  return (loading ??= loadFaces(FONTS));
}

/** An infographic of the content, set but not drawn. */
export async function sheetsOf(
  content: Content,
  offer: string,
  variant: { readonly situation?: string; readonly paper?: Paper; readonly screen?: Screen } = {},
): Promise<Sheets> {
  const { situation = null, paper = 'a4', screen } = variant;
  const faces = await testFaces();
  const setting = settingFor({ offer, situation, paper }, content, faces, 'https://funnel.example');
  const source = graphicIn(content, offer);
  return screen !== undefined ? setForScreen(source, setting, screen) : setInfographic(source, setting);
}

/** Every text of a page, moved to where it stands. */
export function textsOn(sheets: Sheets, index: number) {
  return marksOn(sheets, index).flatMap(({ shape, tag }) =>
    shape.kind === 'text' ? [{ ...shape, tag }] : [],
  );
}

/** Every mark of a page in the order of drawing, moved to where it stands. */
export function marksOn(sheets: Sheets, index: number): readonly Mark[] {
  const page = sheets.pages[index];
  if (page === undefined) throw new Error(`No page ${index}.`);
  return page.pieces.flatMap(({ x, y, marks }) =>
    marks.map(({ shape, tag }) => ({ shape: moved(shape, x, y), tag })),
  );
}

function moved(shape: Mark['shape'], dx: number, dy: number): Mark['shape'] {
  if (shape.kind !== 'rule') return { ...shape, x: shape.x + dx, y: shape.y + dy };
  const { x1, y1, x2, y2 } = shape;
  return { ...shape, x1: x1 + dx, y1: y1 + dy, x2: x2 + dx, y2: y2 + dy };
}

function graphicIn(content: Content, offer: string): InfographicSource {
  const source = content.offers.find(({ key }) => key === offer)?.document;
  if (source?.kind !== 'infographic') throw new Error(`${offer} is no infographic.`);
  return source;
}
