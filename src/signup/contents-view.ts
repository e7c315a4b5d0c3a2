import { fillFields, findFields } from '../content/fields.ts';
import type { Landing } from '../content/model.ts';
import type { Markdown } from '../content/text.ts';
import type { ChapterPlace } from '../documents/model.ts';
import type { DocumentFacts } from '../documents/facts.ts';

/** A line of what is inside; with number and page when the document has a chapter of that title, and its pages have been counted. */
export type ContentsLine = {
  readonly title: string;
  readonly text: string;
  readonly number: number | null;
  readonly page: number | null;
};

/** What is inside the document. */
export function contentsView(landing: Landing, facts: DocumentFacts | null): readonly ContentsLine[] {
  return landing.inside.flatMap((part) =>
    filled(part.title, facts).map((title) => {
      const chapter = chapterOf(title, facts);
      const [text = ''] = filled(part.text, facts);
      return { title, text, number: chapter?.number ?? null, page: chapter?.page ?? null };
    }),
  );
}

/** The text that is free to read. `opening` is set when it begins with the heading of a chapter: it is then shown as that chapter's page. */
export type SampleView = {
  readonly opening:
    (Pick<ChapterPlace, 'title'> & Partial<ChapterPlace> & { readonly pages?: number }) | null;
  readonly text: Markdown | null;
};

export function sampleView(sample: Markdown | null, facts: DocumentFacts | null): SampleView {
  const [whole = '', title] = /^#{1,6} +(\S.*?) *\n+/.exec(sample?.source ?? '') ?? [];
  if (sample === null || title === undefined) return { opening: null, text: sample };
  const lines = whole.split('\n').length - 1;
  return {
    opening: { ...chapterOf(title, facts), title, ...(facts === null ? {} : { pages: facts.pages }) },
    text: { ...sample, source: sample.source.slice(whole.length), line: sample.line + lines },
  };
}

/** What needs a fact that is not known is left out: no page may claim pages that nobody has counted. */
export function filled(text: string, facts: DocumentFacts | null): readonly string[] {
  if (findFields(text).length === 0) return [text];
  if (facts === null) return [];
  return [fillFields(text, { pages: String(facts.pages), minutes: String(facts.minutes) }, 'none')];
}

function chapterOf(title: string, facts: DocumentFacts | null): ChapterPlace | undefined {
  return facts?.chapters.find((chapter) => bare(chapter.title) === bare(title));
}

/** As a person compares two titles: quotes may be straight in one and curly in the other. */
function bare(title: string): string {
  return title
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim()
    .toLowerCase();
}
