/** What pdfkit 0.20.2 can do, or holds inside, and @types/pdfkit 0.17.6 does not know. */
declare namespace PDFKit {
  namespace Mixins {
    /** A link that stands in the structure; without `Contents` PDF/UA-1 (7.18.5) fails. */
    interface TaggedLinkOptions {
      StructParent: number;
      Contents: object;
    }

    interface PDFAnnotation {
      goTo(x: number, y: number, w: number, h: number, name: string, options: TaggedLinkOptions): this;
      link(x: number, y: number, w: number, h: number, url: string, options: TaggedLinkOptions): this;
    }

    interface PDFFont {
      /** A font that fontkit has parsed before. */
      registerFont(name: string, font: import('fontkit').Font): this;
    }
  }

  /** Private: the part of a font that goes into one file. `number` is a glyph's place in it. */
  interface EmbeddedFont {
    readonly id: string;
    /** Thousandths of an em for each unit of the font. */
    readonly scale: number;
    readonly subset: { readonly glyphs: number[]; includeGlyph(id: number): number };
    readonly widths: (number | undefined)[];
    readonly unicode: (readonly number[] | undefined)[];
    ref(): PDFKitReference;
  }

  interface PDFDocument {
    /** Whether streams that are begun from now on are compressed. */
    compress: boolean;
    /** Private: the font in use. */
    readonly _font: EmbeddedFont;
  }

  interface PDFPage {
    readonly xobjects: Record<string, PDFKitReference>;
  }

  interface PDFOutline {
    outlineData: { Count?: number };
    addItem(title: string, options: { top: number; left: number; expanded: boolean }): PDFOutline;
  }

  interface PDFPage {
    /** The page's number in the tree of parents; given when it is first asked for. */
    readonly structParentTreeKey: number;
  }

  interface PDFKitReference {
    end(): void;
  }

  /** A name or number tree; written with the document's end, sorted by `_compareKeys`. */
  interface PDFTree<Key, Value> {
    /** Whether `/Limits` are written, which a root must not have (ISO 32000-1, 7.9.6). */
    limits: boolean;
    add(key: Key, value: Value): Value;
    get(key: Key): Value;
    _compareKeys(one: string, other: string): number;
  }

  interface PDFDocument {
    /** The first half of the file's identifier, and the second. */
    _id: Uint8Array;
    _root: {
      data: {
        PageMode?: string;
        Metadata?: PDFKitReference;
        Names: { data: { Dests: PDFTree<string, unknown> } };
        StructTreeRoot: PDFKitReference & {
          data: {
            K?: readonly PDFKitReference[];
            ParentTree: PDFTree<number, PDFKitReference | PDFKitReference[]>;
          };
        };
      };
    };
  }
}
