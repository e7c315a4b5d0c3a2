import { z } from 'zod';
import { WEEKDAYS } from './model.ts';
import { SUBJECT_LENGTH, group, line, lineUpTo, slug, some, wholeNumber } from './shapes.ts';
import { stepPosts } from './step-posts.ts';

/** What a step says to people. */
const said = {
  subject: lineUpTo(SUBJECT_LENGTH, 'sequence'),
  subject_b: lineUpTo(SUBJECT_LENGTH, 'sequence').optional(),
  preheader: line('sequence'),
};

/** The front matter of `languages/<language>/sequence/NN-<key>.md`: when it is sent says the file of the main language. */
export const translatedStepShape = group(said);

/** The front matter of `sequence/NN-<key>.md`. */
export const stepShape = group({
  key: slug(),
  // A lead gets at most one email of the sequence in 20 hours: a step on the same day could not keep its promise.
  days_after: wholeNumber(1, 365),
  hour: wholeNumber(0, 23),
  weekdays: some(z.enum(WEEKDAYS)),
  // Beyond 14 days a lead is so far behind that her sequence ends (`sequence/lateness.ts`).
  late_ok: wholeNumber(0, 14).default(10),
  ...said,
  posts: stepPosts(),
  topic: slug().optional(),
});
