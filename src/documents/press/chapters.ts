import type { Page } from '../layout/shapes.ts';
import type { ChapterPlace } from '../model.ts';

/** The chapters of a document that is set, by their bookmarks. */
export function chaptersIn(pages: readonly Page[]): readonly ChapterPlace[] {
  let count = 0;
  return pages.flatMap(({ places }, index) =>
    places.flatMap(({ name, bookmark }) =>
      bookmark?.level === 1
        ? [
            {
              title: bookmark.title,
              number: name.startsWith('chapter-') ? ++count : null,
              page: index + 1,
            },
          ]
        : [],
    ),
  );
}
