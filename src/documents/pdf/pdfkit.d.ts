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

  interface PDFOutline {
    addItem(title: string, options: { top: number; left: number; expanded: boolean }): PDFOutline;
  }
}
