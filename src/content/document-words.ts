import { z } from 'zod';
import { phrase } from './phrase.ts';

/** Words that the engine itself sets into a PDF: all the others are the paper's or the infographic's own. */
export const documentWords = z.strictObject({
  contents: phrase(),
  summary: phrase(),
  references: phrase(),
  /** Over the small print of the infographic. */
  sources: phrase(),
  prepared_for: phrase('name'),
  page: phrase('page', 'pages'),
  /** Describes a line of the contents to those who hear it. */
  to_page: phrase('title', 'page'),
  /** Describes a small number in the text to those who hear it. */
  to_source: phrase('id'),
  /** Tells what the drawing on the cover shows. */
  motif: phrase(),
  /** Tells of a number that is struck out. */
  struck: phrase('value'),
  /** Tells what a field of a hundred points shows. */
  points: phrase('count'),
  points_between: phrase('low', 'high'),
  points_under: phrase('high'),
  /** Tells what the drawing of the weak tie shows. */
  ties: phrase('near', 'weak', 'far'),
  /** In small print: which edition this copy is. */
  edition: phrase('date', 'version'),
  /** In small print, a link: for whoever holds a copy that somebody passed on. */
  shared_copy: phrase(),
  /** Tells what the picture of an infographic is, beside which its words stand as text. */
  screen: phrase(),
  /** Over a chart. */
  figure: phrase('number'),
  /** What a chart says to those who hear it. */
  chart_bars: phrase('title', 'values'),
  chart_dots: phrase('title', 'values'),
  chart_parts: phrase('title', 'values'),
  /** One of these values, also of the bars of an infographic, and what stands between two. */
  chart_value: phrase('label', 'value'),
  between_values: phrase(),
  /** Behind a link to another place of the same paper. */
  on_page: phrase('page'),
  /** Beside the worksheets and checklists. */
  to_fill_in: phrase(),
  /** Under the title of the page with moves, for a name that cannot be printed. */
  prepared_for_you: phrase(),
  /** Before the line with the post that the reader told, or that he or she writes there. */
  target_post: phrase(),
  /** Beside the box to tick under a move, and before the room for a date. */
  done: phrase(),
  by_when: phrase(),
});
