import { checkMarkdown } from './check-markdown.ts';
import type { SourceFile } from './files.ts';
import { readFrontMatter } from './front-matter.ts';
import type { LegalPage } from './model.ts';
import { fit } from './problems.ts';
import type { Findings } from './problems.ts';
import { day, group, line, lineUpTo } from './shapes.ts';

/** Reads `legal/<name>.md`. */
export function readLegal(file: SourceFile, findings: Findings): LegalPage | null {
  const parts = readFrontMatter(file, findings);
  if (parts === null) return null;
  const found = fit(legalShape, parts.yaml, findings);
  checkMarkdown(parts.body, 'none', findings);
  if (parts.body.source === '') {
    const remedy = 'Write it below the second `---`.';
    const { file: shown, line: at } = parts.body;
    findings.problems.push({ file: shown, line: at, problem: 'The page has no text.', remedy });
  }
  return found === null ? null : { ...found, body: parts.body };
}

const legalShape = group({ title: line(), description: lineUpTo(160), updated: day() });
