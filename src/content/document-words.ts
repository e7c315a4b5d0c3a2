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
});
