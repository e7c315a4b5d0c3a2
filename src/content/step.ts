import { createHash } from 'node:crypto';
import { checkMarkdown } from './check-markdown.ts';
import type { SourceFile } from './files.ts';
import { readFrontMatter } from './front-matter.ts';
import { EMAIL_KEYS } from './model.ts';
import type { Step } from './model.ts';
import { duplicates, fit, problemAt } from './problems.ts';
import type { Findings } from './problems.ts';
import { checkStepPosts } from './step-posts.ts';
import type { Library } from './step-posts.ts';
import { stepShape } from './step-shape.ts';
import type { YamlText } from './yaml.ts';

/**
 * Reads `sequence/NN-<key>.md`.
 * @param keyInName what the file's name says.
 */
export function readStep(
  file: SourceFile,
  keyInName: string,
  library: Library,
  findings: Findings,
): Step | null {
  const { problems } = findings;
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
  for (const index of duplicates(found.weekdays)) {
    problems.push(problemAt(yaml, ['weekdays', index], 'stands here twice', 'Remove one of them.'));
  }
  checkSubjects(yaml, found, findings);
  checkStepPosts(yaml, found, library, findings);
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
      found.posts === null
        ? { kind: 'by_topic', topic: found.topic ?? null }
        : { kind: 'listed', slugs: found.posts },
    body,
    version: createHash('sha256').update(file.text).digest('hex').slice(0, 12),
  };
}

/** Half of the readers get each of two subjects: with the same one the test could never tell anything. */
export function checkSubjects(
  yaml: YamlText,
  { subject, subject_b }: { readonly subject: string; readonly subject_b?: string | undefined },
  { problems }: Findings,
): void {
  if (subject_b === undefined || !isSame(subject_b, subject)) return;
  const remedy = 'Write another subject, or remove `subject_b`.';
  problems.push(problemAt(yaml, ['subject_b'], 'says the same as `subject`', remedy));
}

function isSame(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { sensitivity: 'accent' }) === 0;
}
