/** The cuts of the two families; `faces.ts` names their files. */
export type Face = 'text' | 'textItalic' | 'textBold' | 'serif' | 'serifItalic' | 'serifBold';

/** Where a link leads: out, or to a `place` of the same document. */
export type Target =
  { readonly kind: 'url'; readonly url: string } | { readonly kind: 'place'; readonly name: string };

/** What can be drawn. Points from the top left corner of its piece; a text's `y` is its baseline. Colours are `#RRGGBB`. */
type Shape =
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly face: Face;
      readonly size: number;
      readonly color: string;
    }
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly fill: string;
    }
  | {
      readonly kind: 'frame';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly color: string;
      readonly width: number;
    }
  | {
      readonly kind: 'rule';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly color: string;
      readonly width: number;
    }
  | {
      readonly kind: 'dot';
      readonly x: number;
      readonly y: number;
      readonly r: number;
      readonly fill: string;
    }
  | PersonalShape
  | {
      readonly kind: 'link';
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly target: Target;
      /** Read aloud in place of the address. */
      readonly says: string;
    };

/** What a personal line is filled with. */
export type PersonalField = 'name' | 'role';

/**
 * One line that differs from reader to reader, and for which room is kept: `before`, the reader's answer, `after`. Without an answer it
 * says `without`, which may be nothing. It is set in the one cut of all personal lines, without kerning, smaller where it is too long (down
 * to `least`), and at last cut with an ellipsis; so it can be drawn once for all readers and filled in afterwards. Points; `y` is its
 * baseline, `x` the left end of its room.
 */
export type PersonalShape = {
  readonly kind: 'personal';
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly size: number;
  readonly least: number;
  readonly align: 'left' | 'right';
  readonly color: string;
  readonly field: PersonalField;
  readonly before: string;
  readonly after: string;
  readonly without: string;
};

/** The cut of all personal lines. */
export const PERSONAL_FACE: Face = 'textBold';

/** A mistake that only shows when the content is set, such as a text that is too long for its page. */
export type LayoutProblem = {
  /** The line of the document's file; null where it has none of its own. */
  readonly line: number | null;
  readonly problem: string;
  readonly remedy: string;
  /** A part that is longer than its page, or a document that has too many pages: so many. */
  readonly excess?: 'page' | { readonly pages: number };
};

/** Standard structure types (ISO 32000-1, 14.8.4). */
export type TagType =
  | 'Document'
  | 'Sect'
  | 'Div'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'P'
  | 'BlockQuote'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'TOC'
  | 'TOCI'
  | 'Reference'
  | 'Link'
  | 'Figure';

/** One element of the structure that screen readers follow. Compared by identity; its children come in the order of drawing. */
export type Tag = {
  readonly type: TagType;
  readonly parent: Tag | null;
  /** Figures need both (PDF/UA-1, 7.3); the box is left, top, right, bottom on the page. */
  readonly alt?: string;
  readonly box?: readonly [number, number, number, number];
};

/** A shape and what it belongs to; without a tag it is decoration. */
export type Mark = { readonly shape: Shape; readonly tag: Tag | null };

/** Marks that were set together, and where they stand on the page. */
export type Piece = {
  readonly x: number;
  readonly y: number;
  readonly marks: readonly Mark[];
  /** Stands at the foot of every page: its marks have no tag and are not read aloud. */
  readonly running?: 'footer';
};

/** A spot that links and bookmarks lead to. */
export type Place = { readonly name: string; readonly y: number; readonly bookmark: Bookmark | null };
export type Bookmark = { readonly title: string; readonly level: 1 | 2 };

export type Page = { readonly pieces: readonly Piece[]; readonly places: readonly Place[] };

/** A whole document, set and ready to be drawn. */
export type Sheets = {
  /** Points. */
  readonly width: number;
  readonly height: number;
  readonly pages: readonly Page[];
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly language: string;
  /** The version of the content. */
  readonly edition: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly problems: readonly LayoutProblem[];
};

export function tag(type: TagType, parent: Tag | null): Tag {
  return { type, parent };
}
