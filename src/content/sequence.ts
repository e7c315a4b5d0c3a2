import { createHash } from 'node:crypto';
import { checkMarkdown } from './check-markdown.ts';
import { readFrontMatter } from './front-matter.ts';
import type { Step } from './model.ts';
import type { SortedFiles } from './places.ts';
import { duplicates, fit } from './problems.ts';
import type { Findings } from './problems.ts';
import type { Library } from './step-posts.ts';
import { checkListedPosts } from './step-posts.ts';
import { translatedStepShape } from './step-shape.ts';
import { checkSubjects, readStep } from './step.ts';
import type { Folder } from './texts.ts';

type StepFile = SortedFiles['steps'][number];

/** The file's number orders the steps: two with the same number, or the same key, would leave the order to chance. */
export function readSequence(
  steps: readonly StepFile[],
  library: Library,
  findings: Findings,
): readonly Step[] {
  const twice = (index: number, what: string, remedy: string) => {
    const file = steps[index]?.file.shown ?? '';
    findings.problems.push({ file, line: null, problem: `Another step has the ${what} too.`, remedy });
  };
  for (const index of duplicates(steps.map(({ number }) => number))) {
    twice(index, `number ${steps[index]?.number ?? ''}`, 'Give each file its own number.');
  }
  for (const index of duplicates(steps.map(({ key }) => key))) {
    twice(index, `key ${steps[index]?.key ?? ''}`, 'Give each step its own key.');
  }
  return steps.flatMap(({ file, key }) => readStep(file, key, library, findings) ?? []);
}

/**
 * The steps in another language: of each the words, under the name of the file that says when it is sent.
 * @param originals the files of the main language, and what could be read of them.
 */
export function readTranslatedSequence(
  folder: Folder,
  originals: { readonly files: readonly StepFile[]; readonly steps: readonly Step[] },
  library: Library,
  findings: Findings,
): readonly Step[] {
  for (const { file, key } of folder.sorted.steps) {
    if (originals.files.some((original) => original.file.name === file.name)) continue;
    const problem = `There is no step ${key} in the sequence/ of the main language.`;
    const remedy = 'Give it the name of a file there: it says when the email is sent.';
    findings.problems.push({ file: file.shown, line: null, problem, remedy });
  }
  return originals.files.flatMap(({ file: { name }, key }) => {
    const file = folder.files.get(name);
    const original = originals.steps.find((step) => step.key === key);
    if (file === undefined) {
      const remedy = 'Write the email in this language, too: its subject, preheader and text.';
      const problem = 'The file is missing.';
      findings.problems.push({ file: folder.place + name, line: null, problem, remedy });
      return [];
    }
    const parts = readFrontMatter(file, findings);
    if (parts === null) return [];
    const { yaml, body } = parts;
    const found = fit(translatedStepShape, yaml, findings);
    checkMarkdown(body, 'sequence', findings);
    if (body.source === '') {
      const remedy = 'Write the email below the second `---`.';
      findings.problems.push({ file: body.file, line: body.line, problem: 'The email has no text.', remedy });
    }
    if (found === null || original === undefined) return [];
    checkSubjects(yaml, found, findings);
    checkListedPosts(file.shown, original.posts, library, findings);
    return [
      {
        ...original,
        subject: found.subject,
        subjectB: found.subject_b ?? null,
        preheader: found.preheader,
        body,
        version: createHash('sha256').update(original.version).update(file.text).digest('hex').slice(0, 12),
      },
    ];
  });
}
