/** What pdfkit 0.20.2 can do and @types/pdfkit 0.17.6 does not know. */
declare namespace PDFKit {
  namespace Mixins {
    interface StructureElementOptions {
      bbox?: [number, number, number, number];
    }

    /** A link that stands in the structure; without `Contents` PDF/UA-1 (7.18.5) fails. */
    interface TaggedLinkOptions {
      structParent: PDFStructureElement;
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
    readonly subset: { includeGlyph(id: number): number };
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
    addItem(title: string, options: { top: number; left: number; expanded: boolean }): PDFOutline;
  }
}
