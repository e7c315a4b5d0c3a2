import type { RareLine } from './rare-lines.ts';
import type { Words } from './words.ts';

/** All words of one funnel, checked whole. `version` changes when any file changes, and only then. */
export type Content = {
  /** First 12 hex digits of the SHA-256 over all files' names and bytes. */
  readonly version: string;
  readonly site: Site;
  readonly words: Words;
  /** In the order that `order:` gives. */
  readonly offers: readonly Offer[];
  /** Newest first. */
  readonly posts: readonly Post[];
  /** In the order of sending. */
  readonly sequence: readonly Step[];
  readonly emails: Readonly<Record<EmailKey, AskedEmail>>;
  readonly privacy: LegalPage;
  readonly consent: Consent;
  /** Where to look for a character that a document cannot show. */
  readonly rareLines: readonly RareLine[];
};

/** The sentence beside the box; `version` is the first 12 hex digits of its SHA-256. */
export type Consent = { readonly version: string; readonly wording: string };

export type Site = {
  readonly sample: boolean;
  /** BCP 47, and the name of a file in `words/`. */
  readonly language: string;
  readonly name: string;
  readonly tagline: string;
  readonly url: string;
  readonly timeZone: string;
  /** What documents are set on for leads whose zone is not known; null: what is usual at `timeZone`. */
  readonly paper: (typeof PAPERS)[number] | null;
  /** `YYYY-MM-DD`: the date that documents carry. */
  readonly updated: string;
  readonly coach: {
    readonly name: string;
    readonly firstName: string;
    readonly role: string;
    readonly email: string;
    readonly about: string;
  };
  readonly mail: { readonly from: string; readonly replyTo: string };
  readonly postalAddress: string;
  readonly talk: {
    readonly label: string;
    readonly url: string;
    /** A person's press on it in an email ends the follow-up (`booked_call`). Only for web addresses. */
    readonly goal: boolean;
  };
  /** Emails of the sequence carry a link that only machines find. */
  readonly hiddenLink: boolean;
  readonly navigation: readonly { readonly label: string; readonly url: string }[];
  readonly situations: readonly { readonly key: string; readonly label: string }[];
  readonly topics: readonly { readonly slug: string; readonly name: string }[];
  readonly limits: Limits;
  /** How long a download link is good, in days. */
  readonly linkDays: number;
};

/** A4, and the Letter of the United States and Canada. */
export const PAPERS = ['a4', 'letter'] as const;

/** Guards against floods; each has a default and may stand under `limits:` in `site.yaml`. */
export type Limits = {
  readonly networkPerHour: number;
  readonly domainPerHour: number;
  readonly largeDomainPerHour: number;
  readonly overallPerHour: number;
  readonly addressGapMinutes: number;
  readonly addressPerDay: number;
  readonly addressUnconfirmedPerMonth: number;
};

export type Offer = {
  readonly key: string;
  readonly title: string;
  /** As in "Email me the white paper". */
  readonly shortTitle: string;
  /** Of the PDF, without `.pdf`. */
  readonly fileName: string;
  readonly card: string;
  readonly landing: Landing;
  readonly document: PaperSource | InfographicSource;
};

export type Landing = {
  readonly heading: string;
  readonly lead: string;
  readonly button: string;
  readonly proof: readonly string[];
  readonly insideHeading: string;
  readonly inside: readonly { readonly title: string; readonly text: string }[];
  readonly sampleHeading: string | null;
  readonly sample: Markdown | null;
  readonly questions: readonly { readonly q: string; readonly a: string }[];
  readonly description: string;
};

/** Markdown as it stands in a file; `file` and `line` (of its first line, from 1) serve messages. */
export type Markdown = {
  readonly source: string;
  readonly file: string;
  readonly line: number;
};

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

export type InfographicSource = {
  readonly kind: 'infographic';
  /** As messages name it. */
  readonly file: string;
  readonly title: string;
  readonly subtitle: string;
  readonly panels: readonly Panel[];
  readonly sources: readonly { readonly id: number; readonly text: string }[];
  readonly situations: Readonly<
    Record<
      string,
      {
        readonly title: string;
        readonly intro: string;
        readonly moves: readonly { readonly title: string; readonly text: string }[];
      }
    >
  >;
};

/** One thing that an infographic says. `line` (from 1) is where it begins in its file. */
export type Panel = PanelWords & { readonly line: number };

type PanelWords =
  | {
      readonly kind: 'figure';
      readonly value: string;
      readonly label: string;
      readonly source: number;
      /** In per cent, for a field of a hundred points: `low` are filled, those up to `high` are open. */
      readonly share?: { readonly low: number; readonly high: number };
    }
  /** A number that is told everywhere and proved nowhere: it is set large and struck out. */
  | {
      readonly kind: 'myth';
      readonly value: string;
      readonly title: string;
      readonly text: string;
      readonly source?: number;
    }
  | {
      readonly kind: 'bars';
      readonly title: string;
      readonly unit: string;
      readonly source: number;
      readonly bars: readonly { readonly label: string; readonly value: number }[];
    }
  /** The weak tie, drawn: a close cluster (`near`), one thin line (`weak`), another cluster (`far`). */
  | {
      readonly kind: 'ties';
      readonly title: string;
      readonly near: string;
      readonly weak: string;
      readonly far: string;
      /** A number to be set large, such as "20 million+". */
      readonly value?: string;
      readonly text: string;
      readonly source: number;
    }
  | {
      readonly kind: 'steps';
      readonly title: string;
      readonly steps: readonly { readonly title: string; readonly text: string }[];
    }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }
  | {
      readonly kind: 'note';
      readonly title: string;
      readonly text: string;
      readonly source?: number;
    };

export type Post = {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly topic: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly minutes: number;
  readonly next: string | null;
  readonly inspiredBy: string | null;
  readonly sources: readonly string[];
  /** Set when the article lives elsewhere; then `body` is null. */
  readonly url: string | null;
  /** Its address no longer answers: emails leave it out, and its links lead to the list of articles. */
  readonly dead: boolean;
  readonly body: Markdown | null;
};

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** One email of the sequence. */
export type Step = {
  readonly key: string;
  /** Calendar days after the press, or after the submission of the step before. */
  readonly daysAfter: number;
  /** Hour of the day in the lead's zone, 0 to 23. */
  readonly hour: number;
  readonly weekdays: readonly Weekday[];
  /** Days that it may go out after its planned date; later it is skipped. 0 to 14. */
  readonly lateOk: number;
  readonly subject: string;
  /** Half of the leads get this one instead; null: no test of subjects. */
  readonly subjectB: string | null;
  readonly preheader: string;
  readonly posts: StepPosts;
  readonly body: Markdown;
  /** First 12 hex digits of the SHA-256 of its file. */
  readonly version: string;
};

/** Which posts an email lists. */
export type StepPosts =
  /** At least one slug. */
  | { readonly kind: 'listed'; readonly slugs: readonly string[] }
  /** One that this lead has not read; null: of the topic that she reads. */
  | { readonly kind: 'by_topic'; readonly topic: string | null };

export const EMAIL_KEYS = ['delivery', 'reminder', 'renewal', 'data', 'erase'] as const;
export type EmailKey = (typeof EMAIL_KEYS)[number];

/** An email that somebody asked for: text, one button, text. */
export type AskedEmail = {
  readonly key: EmailKey;
  readonly subject: string;
  readonly preheader: string;
  readonly button: string;
  readonly before: Markdown;
  readonly after: Markdown;
};

export type LegalPage = {
  readonly title: string;
  readonly description: string;
  readonly updated: string;
  readonly body: Markdown;
};

/** A mistake in the content, for the coach: where, what is wrong, what would be right. */
export type ContentProblem = {
  readonly file: string;
  readonly line: number | null;
  readonly problem: string;
  readonly remedy: string;
};
