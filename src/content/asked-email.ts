import { checkMarkdown } from './check-markdown.ts';
import type { SourceFile } from './files.ts';
import { markdownFrom, readFrontMatter } from './front-matter.ts';
import type { AskedEmail, EmailKey } from './model.ts';
import type { Markdown } from './text.ts';
import { fit } from './problems.ts';
import type { Findings } from './problems.ts';
import { SUBJECT_LENGTH, group, line, lineUpTo } from './shapes.ts';

/** Reads `emails/<key>.md`: text, a line `---` where the button stands, text. */
export function readAskedEmail(file: SourceFile, key: EmailKey, findings: Findings): AskedEmail | null {
  const parts = readFrontMatter(file, findings);
  if (parts === null) return null;
  const found = fit(emailShape, parts.yaml, findings);
  const halves = splitAtButton(parts.body, findings);
  if (halves === null) return null;
  for (const half of halves) checkMarkdown(half, 'email', findings);
  return found === null ? null : { key, ...found, before: halves[0], after: halves[1] };
}

const emailShape = group({
  subject: lineUpTo(SUBJECT_LENGTH, 'email'),
  preheader: line('email'),
  button: line('email'),
});

function splitAtButton(body: Markdown, findings: Findings): readonly [Markdown, Markdown] | null {
  const lines = body.source.split('\n');
  const marks = lines.flatMap((text, index) => (text.trimEnd() === '---' ? [index] : []));
  const mark = marks[0];
  const before = markdownFrom(body.file, lines.slice(0, mark), body.line);
  const after = markdownFrom(body.file, lines.slice((mark ?? 0) + 1), body.line + (mark ?? 0) + 1);
  const problem =
    mark === undefined
      ? 'The text has no line `---` for the button.'
      : marks.length > 1
        ? 'The text has more than one line `---`.'
        : before.source === '' || after.source === ''
          ? 'There must be text before and after the button.'
          : null;
  if (problem === null) return [before, after];
  const line = body.line + (marks[1] ?? mark ?? 0);
  const remedy = 'Write the text before the button, one line `---`, and the text after it.';
  findings.problems.push({ file: body.file, line, problem, remedy });
  return null;
}
