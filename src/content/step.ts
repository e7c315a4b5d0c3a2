import { z } from 'zod';
import { checkMarkdown } from './check-markdown.ts';
import type { SourceFile } from './files.ts';
import { readFrontMatter } from './front-matter.ts';
import { EMAIL_KEYS, WEEKDAYS } from './model.ts';
import type { Step } from './model.ts';
import { duplicates, fit, problemAt } from './problems.ts';
import type { Findings } from './problems.ts';
import { SUBJECT_LENGTH, group, line, lineUpTo, slug, some, wholeNumber } from './shapes.ts';

/** Reads `sequence/NN-<key>.md`; `keyInName` is what the file's name says. */
export function readStep(file: SourceFile, keyInName: string, findings: Findings): Step | null {
  const { problems, mentions } = findings;
  const parts = readFrontMatter(file, findings);
  if (parts === null) return null;
  const { yaml, body } = parts;
  const found = fit(stepShape, yaml, findings);
  checkMarkdown(body, 'sequence', findings);
  if (body.source === '') {
    const remedy = 'Write the email below the second `---`.';
    problems.push({ file: body.file, line: body.line, problem: 'The email has no text.', remedy });
  }
  if (found === null) return null;
  if (found.key !== keyInName) {
    const remedy = `Name the file NN-${found.key}.md, or write: key: ${keyInName}.`;
    problems.push(problemAt(yaml, ['key'], `is not the file’s “${keyInName}”`, remedy));
  }
  // The keys share one column of the ledger and one tag at the provider with the other emails.
  if (EMAIL_KEYS.some((key) => key === found.key)) {
    problems.push(problemAt(yaml, ['key'], 'is the name of another email', 'Choose another key.'));
  }
  for (const list of ['weekdays', 'posts'] as const) {
    for (const index of duplicates(found[list])) {
      problems.push(problemAt(yaml, [list, index], 'stands here twice', 'Remove one of them.'));
    }
  }
  for (const [index, post] of found.posts.entries()) {
    const line = yaml.lineOf(['posts', index]);
    mentions.push({ kind: 'post', key: post, file: yaml.file, line, where: '`posts`' });
  }
  return {
    key: found.key,
    daysAfter: found.days_after,
    hour: found.hour,
    weekdays: found.weekdays,
    subject: found.subject,
    preheader: found.preheader,
    posts: found.posts,
    body,
  };
}

const stepShape = group({
  key: slug(),
  // A lead gets at most one email of the sequence in 20 hours: a step on the same day could not keep its promise.
  days_after: wholeNumber(1, 365),
  hour: wholeNumber(0, 23),
  weekdays: some(z.enum(WEEKDAYS)),
  subject: lineUpTo(SUBJECT_LENGTH, 'sequence'),
  preheader: line('sequence'),
  posts: some(slug()),
});
