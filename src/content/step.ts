import { createHash } from 'node:crypto';
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
  const slugs = found.posts === BY_TOPIC ? [] : found.posts;
  for (const [list, values] of [
    ['weekdays', found.weekdays],
    ['posts', slugs],
  ] as const) {
    for (const index of duplicates(values)) {
      problems.push(problemAt(yaml, [list, index], 'stands here twice', 'Remove one of them.'));
    }
  }
  const at = (path: readonly PropertyKey[]) => ({ file: yaml.file, line: yaml.lineOf(path) });
  for (const [index, key] of slugs.entries()) {
    mentions.push({ kind: 'post', key, ...at(['posts', index]), where: '`posts`' });
  }
  if (found.topic !== undefined) {
    mentions.push({ kind: 'topic', key: found.topic, ...at(['topic']), where: '`topic`' });
    if (found.posts !== BY_TOPIC) {
      const remedy = 'Write `posts: by topic`, or remove `topic`.';
      problems.push(problemAt(yaml, ['topic'], 'has no effect beside a list of posts', remedy));
    }
  }
  return {
    key: found.key,
    daysAfter: found.days_after,
    hour: found.hour,
    weekdays: found.weekdays,
    lateOk: found.late_ok,
    subject: found.subject,
    subjectB: found.subject_b ?? null,
    preheader: found.preheader,
    posts:
      found.posts === BY_TOPIC
        ? { kind: 'by_topic', topic: found.topic ?? null }
        : { kind: 'listed', slugs: found.posts },
    body,
    version: createHash('sha256').update(file.text).digest('hex').slice(0, 12),
  };
}

const BY_TOPIC = 'by topic';

const stepShape = group({
  key: slug(),
  // A lead gets at most one email of the sequence in 20 hours: a step on the same day could not keep its promise.
  days_after: wholeNumber(1, 365),
  hour: wholeNumber(0, 23),
  weekdays: some(z.enum(WEEKDAYS)),
  late_ok: wholeNumber(0, 14).default(10),
  subject: lineUpTo(SUBJECT_LENGTH, 'sequence'),
  subject_b: lineUpTo(SUBJECT_LENGTH, 'sequence').optional(),
  preheader: line('sequence'),
  posts: z.literal(BY_TOPIC).or(some(slug())),
  topic: slug().optional(),
});
