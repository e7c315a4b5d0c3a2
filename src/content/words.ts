import { z } from 'zod';
import { documentWords } from './document-words.ts';
import { emailWords } from './email-words.ts';
import { pageWords } from './page-words.ts';
import { personalWords } from './personal-words.ts';

/** Every label and sentence that the engine shows, as `words/<language>.yaml` must give them. */
export const wordsSchema = z.strictObject({
  page: pageWords,
  personal: personalWords,
  document: documentWords,
  email: emailWords,
});
export type Words = z.infer<typeof wordsSchema>;
