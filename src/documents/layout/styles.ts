import type { Look } from '../../kernel/look.ts';
import type { Face } from './shapes.ts';

/** How a text is set: its cuts, its size and the distance of its lines in points, its colour. */
export type TextStyle = {
  readonly plain: Face;
  readonly strong: Face;
  readonly emphasis: Face;
  readonly size: number;
  readonly leading: number;
  readonly color: string;
  /** Its lines stand on the baseline grid of the page; `leading` is then the grid's. */
  readonly onGrid?: true;
};

export type Styles = Readonly<
  Record<
    | 'body'
    | 'small'
    | 'note'
    | 'lead'
    | 'quote'
    | 'aside'
    | 'speech'
    | 'side'
    | 'sideNote'
    | 'h1'
    | 'h2'
    | 'section'
    | 'h3'
    | 'title'
    | 'label',
    TextStyle
  >
>;

/** The styles of print. */
export function printStyles(look: Look): Styles {
  const { size, baseline } = look.print;
  const { ink, text, muted } = look.colors.light;
  const sans = { plain: 'text', strong: 'textBold', emphasis: 'textItalic' } as const;
  const serif = { plain: 'serif', strong: 'serifBold', emphasis: 'serifItalic' } as const;
  const heading = { plain: 'serifBold', strong: 'serifBold', emphasis: 'serifItalic' } as const;
  const slanted = { plain: 'serifItalic', strong: 'serifBold', emphasis: 'serif' } as const;
  const label = { plain: 'textBold', strong: 'textBold', emphasis: 'textItalic' } as const;
  return {
    body: { ...sans, size: size.body, leading: baseline, color: text, onGrid: true },
    small: { ...sans, size: size.small, leading: 12.5, color: text },
    note: { ...sans, size: size.note, leading: 10.5, color: muted },
    lead: { ...serif, size: size.lead, leading: baseline * 1.25, color: ink },
    quote: { ...slanted, size: size.quote, leading: baseline * 1.5, color: ink },
    aside: { ...slanted, size: size.lead - 0.5, leading: baseline * 1.125, color: ink },
    speech: { ...slanted, size: size.body + 1, leading: baseline, color: ink, onGrid: true },
    side: { ...heading, size: size.h3 + 0.5, leading: baseline, color: ink },
    sideNote: { ...sans, size: size.small, leading: 12.5, color: muted },
    h1: { ...heading, size: size.h1, leading: baseline * 2, color: ink },
    h2: { ...heading, size: size.h2, leading: baseline * 1.25, color: ink },
    section: { ...heading, size: size.h2 - 1.25, leading: baseline, color: ink, onGrid: true },
    h3: { ...label, size: size.h3, leading: baseline, color: ink, onGrid: true },
    title: { ...heading, size: size.title, leading: baseline * 2.875, color: ink },
    label: { ...label, size: size.small, leading: 12.5, color: ink },
  };
}
