import type { Offer } from '../content/model.ts';
import type { EmailContent, EmailOrder } from './order.ts';
import type { EmailLinks } from './links.ts';

/** An email as content, before it becomes HTML and plain text. All strings but `html` are plain text. */
export type Letter = {
  /** As in the content: one line is made of it later. */
  readonly subject: string;
  readonly preheader: string;
  readonly before: Passage;
  readonly button: { readonly text: string; readonly url: string; readonly fallback: string } | null;
  readonly after: Passage | null;
  readonly cardsHeading: string;
  readonly cards: readonly Card[];
  readonly footer: {
    /** Who writes, and why it came. */
    readonly lines: readonly string[];
    readonly addressLines: readonly string[];
    readonly links: readonly { readonly text: string; readonly url: string }[];
  };
  readonly headers: Readonly<Record<string, string>>;
  /** An address for the HTML that machines find and no person sees; null: none. */
  readonly hiddenUrl: string | null;
};

export type Passage = { readonly html: string; readonly text: string };

/** A related post. */
export type Card = {
  readonly title: string;
  readonly description: string;
  readonly minutes: string;
  readonly read: string;
  readonly url: string;
};

/** Everything that the writing of one letter starts from. */
export type LetterDraft = {
  readonly order: EmailOrder;
  readonly content: EmailContent;
  readonly links: EmailLinks;
  /** Null when nothing was asked for, or when it is no longer on offer. */
  readonly offer: Offer | null;
  /** Inline CSS for rendered Markdown. */
  readonly style: Readonly<Record<string, string>>;
};
