import { z } from 'zod';

/** Placeholder, filled by the pages: every label and sentence of the visitor's pages, checked. */
export const wordsSchema = z.strictObject({ site: z.strictObject({ skip: z.string() }) });
export type Words = z.infer<typeof wordsSchema>;
