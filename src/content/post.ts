import { z } from 'zod';
import { checkMarkdown } from './check-markdown.ts';
import type { SourceFile } from './files.ts';
import { readFrontMatter } from './front-matter.ts';
import type { Post } from './model.ts';
import { fit, problemAt } from './problems.ts';
import type { Findings } from './problems.ts';
import { day, group, line, lineUpTo, slug, webUrl, wholeNumber } from './shapes.ts';

/** Reads `posts/<slug>.md`. */
export function readPost(file: SourceFile, name: string, findings: Findings): Post | null {
  const { problems, mentions } = findings;
  const parts = readFrontMatter(file, findings);
  if (parts === null) return null;
  const { yaml, body } = parts;
  const found = fit(postShape, yaml, findings);
  const empty = body.source === '';
  if (!empty) checkMarkdown(body, 'none', findings);
  if (found === null) return null;
  const at = (key: string) => ({ file: yaml.file, line: yaml.lineOf([key]), where: `\`${key}\`` });
  mentions.push({ kind: 'topic', key: found.topic, ...at('topic') });
  if (found.next !== undefined) mentions.push({ kind: 'post', key: found.next, ...at('next') });
  if (found.next === name) {
    problems.push(problemAt(yaml, ['next'], 'leads back to the same article', 'Name another article.'));
  }
  if (found.url !== undefined && !empty) {
    const remedy = 'Remove `url`, or the text: an article lives in one place.';
    problems.push({
      file: body.file,
      line: body.line,
      problem: 'The article has a `url` and a text.',
      remedy,
    });
  }
  if (found.url === undefined && empty) {
    const remedy = 'Write the article below the second `---`, or add `url:` with the address where it lives.';
    problems.push({ file: body.file, line: body.line, problem: 'The article has no text.', remedy });
  }
  if (found.dead && found.url === undefined) {
    const remedy = 'Remove `dead`, or the whole file if the article is gone.';
    problems.push(problemAt(yaml, ['dead'], 'has no effect on an article that lives here', remedy));
  }
  return {
    slug: name,
    title: found.title,
    description: found.description,
    topic: found.topic,
    date: found.date,
    minutes: found.minutes,
    next: found.next ?? null,
    inspiredBy: found.inspired_by ?? null,
    sources: found.sources,
    url: found.url ?? null,
    dead: found.dead,
    body: empty ? null : body,
  };
}

const postShape = group({
  title: line(),
  description: lineUpTo(160),
  topic: slug(),
  date: day(),
  minutes: wholeNumber(1, 240),
  next: slug().optional(),
  inspired_by: line().optional(),
  sources: z.array(line()).default([]),
  url: webUrl().optional(),
  dead: z.boolean().default(false),
});
