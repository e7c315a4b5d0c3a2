import type { Markdown } from './text.ts';

export type PaperSource = {
  readonly kind: 'paper';
  readonly title: string;
  /** Of the title in its file. */
  readonly titleLine: number;
  readonly subtitle: string;
  readonly author: string;
  readonly summary: Markdown;
  readonly closingHeading: string;
  readonly closing: Markdown;
  readonly blocks: readonly Block[];
  readonly references: readonly Reference[];
};

export type Reference = { readonly id: number; readonly text: readonly Inline[] };

/** A run of text inside a paragraph. `cite` is the number of a reference; `field` a merge field with its fallback. */
export type Inline =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly strong?: boolean;
      readonly emphasis?: boolean;
      readonly href?: string;
    }
  | {
      readonly kind: 'cite';
      readonly id: number;
      readonly strong?: boolean;
      readonly emphasis?: boolean;
    }
  | {
      readonly kind: 'field';
      readonly field: string;
      readonly fallback: string;
      readonly strong?: boolean;
      readonly emphasis?: boolean;
      readonly href?: string;
    };

/** A piece of a paper's text, in reading order. `line` (from 1) is where it begins in its file. */
export type Block =
  | {
      readonly kind: 'heading';
      readonly level: 1 | 2 | 3;
      readonly text: readonly Inline[];
      readonly line: number;
    }
  | { readonly kind: 'paragraph'; readonly text: readonly Inline[]; readonly line: number }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      /** The number of the first item where it is not 1. */
      readonly start?: number;
      readonly items: readonly (readonly Inline[])[];
      readonly line: number;
    }
  /** `:::quote`: one sentence pulled out and set large. */
  | { readonly kind: 'quote'; readonly text: readonly Inline[]; readonly line: number }
  /** `>` in Markdown: words to say or write, set indented in body size. One entry a paragraph. */
  | {
      readonly kind: 'excerpt';
      readonly paragraphs: readonly (readonly Inline[])[];
      readonly line: number;
    }
  | {
      readonly kind: 'key';
      readonly title: string;
      readonly blocks: readonly Block[];
      readonly line: number;
    }
  | {
      readonly kind: 'checklist';
      readonly title: string;
      readonly items: readonly (readonly Inline[])[];
      readonly line: number;
    }
  | {
      readonly kind: 'worksheet';
      readonly title: string;
      /** Lines above the prompts. */
      readonly above: readonly PersonalBlock[];
      readonly items: readonly (readonly Inline[])[];
      readonly line: number;
    }
  | PersonalBlock
  /** `:::chart bars Title`: numbered by the engine; the caption names the source. */
  | {
      readonly kind: 'chart';
      readonly form: ChartForm;
      readonly title: string;
      readonly values: readonly ChartValue[];
      readonly caption: readonly Inline[];
      readonly line: number;
    }
  /** `:::plan Title`, in a chapter for one situation: a page of its own with so many moves and lines to write on. */
  | {
      readonly kind: 'plan';
      readonly title: string;
      readonly moves: readonly { readonly title: string; readonly text: readonly Inline[] }[];
      readonly line: number;
    }
  | {
      readonly kind: 'only';
      readonly situation: string;
      readonly blocks: readonly Block[];
      readonly line: number;
    };

/** A line that holds what the reader answered; without an answer it says `without`, which may be nothing. */
export type PersonalBlock = {
  readonly kind: 'personal';
  readonly field: 'name' | 'role';
  readonly before: string;
  readonly after: string;
  readonly without: string;
  readonly line: number;
};

/**
 * `bars`: lengths from a common zero. `dots`: so many of a hundred points, for shares in per cent. `parts`: one bar that is the
 * whole, cut into shares in per cent.
 */
export const CHART_FORMS = ['bars', 'dots', 'parts'] as const;
export type ChartForm = (typeof CHART_FORMS)[number];
/** `shown` is the value as the coach wrote it: "18.8%". */
export type ChartValue = { readonly label: string; readonly value: number; readonly shown: string };
