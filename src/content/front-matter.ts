import type { Markdown } from './text.ts';
import type { Findings } from './problems.ts';
import { readYaml } from './yaml.ts';
import type { YamlText } from './yaml.ts';
import type { SourceFile } from './files.ts';

/** A Markdown file's two parts: the YAML between the two `---` lines at its head, and the text below. */
export type FrontMatter = { readonly yaml: YamlText; readonly body: Markdown };

/** Splits a Markdown file. Null, and the mistake among the findings, when its head cannot be read. */
export function readFrontMatter(file: SourceFile, findings: Findings): FrontMatter | null {
  const lines = file.text.split('\n');
  const end =
    lines[0]?.trimEnd() === MARK ? lines.findIndex((line, i) => i > 0 && line.trimEnd() === MARK) : -1;
  if (end < 0) {
    findings.problems.push({
      file: file.shown,
      line: 1,
      problem: 'The file has no front matter.',
      remedy: 'Begin it with a line `---`, then entries such as `title: …`, then another line `---`.',
    });
    return null;
  }
  const yaml = readYaml(file.shown, lines.slice(1, end).join('\n'), 2, findings);
  return yaml === null ? null : { yaml, body: markdownFrom(file.shown, lines.slice(end + 1), end + 2) };
}

/** Lines of a file as Markdown, without the empty lines around them. `firstLine` is the line (from 1) of the first of them. */
export function markdownFrom(file: string, lines: readonly string[], firstLine: number): Markdown {
  const filled = (line: string) => line.trim() !== '';
  const from = Math.max(0, lines.findIndex(filled));
  return {
    source: lines.slice(from, lines.findLastIndex(filled) + 1).join('\n'),
    file,
    line: firstLine + from,
  };
}

const MARK = '---';
