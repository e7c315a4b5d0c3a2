import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root.ts';

/** One set of colours, each `#RRGGBB`. `ink`, `text`, `muted`, `accent` and `error` reach 4.5:1 on paper, surface and wash. */
export type Colors = {
  /** Headings and the motif. */
  readonly ink: string;
  readonly text: string;
  /** Captions and footers. */
  readonly muted: string;
  /** The ground of pages. */
  readonly paper: string;
  /** Cards and form fields on the paper. */
  readonly surface: string;
  /** Boxes that stand out a little. */
  readonly wash: string;
  /** Hairlines that carry no meaning. */
  readonly line: string;
  /** Borders that do, those of form fields: 3:1 (WCAG 1.4.11). */
  readonly field: string;
  /** Used sparingly: links, the button, the weak tie of the motif. */
  readonly accent: string;
  /** Text on the accent. */
  readonly accentText: string;
  readonly error: string;
  readonly focus: string;
};

/** The tokens that pages, emails, drawings and documents share: `assets/tokens.json`. */
export type Look = {
  readonly colors: { readonly light: Colors; readonly dark: Colors };
  /** Family names; the fallbacks are complete CSS lists. */
  readonly fonts: {
    readonly heading: string;
    readonly text: string;
    readonly headingFallback: string;
    readonly textFallback: string;
  };
  /** Sizes, spaces and measure in rem; radius in px. */
  readonly web: {
    readonly size: Readonly<Record<'small' | 'body' | 'lead' | 'h3' | 'h2' | 'h1', number>>;
    readonly lineHeight: { readonly body: number; readonly heading: number };
    readonly space: Readonly<Record<'xs' | 's' | 'm' | 'l' | 'xl' | 'xxl', number>>;
    readonly measure: number;
    readonly radius: number;
  };
  /** Everything in points (1/72 inch). `baseline` is the distance of two lines of body text. */
  readonly print: {
    readonly size: Readonly<
      Record<'note' | 'small' | 'body' | 'lead' | 'quote' | 'h3' | 'h2' | 'h1' | 'title', number>
    >;
    readonly baseline: number;
    readonly margin: { readonly top: number; readonly bottom: number; readonly outer: number };
    readonly measure: number;
  };
};

let look: Look | undefined;

/** The tokens, read once: they are part of the program, not of the content. */
export function loadLook(): Look {
  look ??= JSON.parse(readFileSync(join(ROOT, 'assets/tokens.json'), 'utf8')) as Look;
  return look;
}
