import type { InfographicSource } from './infographic-model.ts';
import type { Limits } from './limits.ts';
import type { PaperSource } from './paper-model.ts';
import type { Markdown } from './text.ts';
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
  /** Where the pages of this language begin: empty for the main one, else such as `/fr`. */
  readonly base: string;
  /** The other languages, by their tag; `contentIn` makes one of them the content at hand. */
  readonly translations: Readonly<Record<string, Translation>>;
};

/** What is written anew for each language. Offers are not: each is of one language, and in the list of all. */
export type Translation = Pick<
  Content,
  'site' | 'words' | 'posts' | 'sequence' | 'emails' | 'privacy' | 'consent' | 'base'
>;

/** The sentence beside the box; `version` is the first 12 hex digits of its SHA-256. */
export type Consent = { readonly version: string; readonly wording: string };

export type Site = {
  readonly sample: boolean;
  /** BCP 47, and the name of a file in `words/`. */
  readonly language: string;
  /** BCP 47: how days and hours are written, such as `fr-CA` for the language `fr`. */
  readonly locale: string;
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
    /** The coach's pages elsewhere: search engines learn from them who is meant. */
    readonly sameAs: readonly string[];
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
  readonly navigation: readonly NavigationEntry[];
  readonly situations: readonly { readonly key: string; readonly label: string }[];
  readonly topics: readonly { readonly slug: string; readonly name: string }[];
  readonly limits: Limits;
  /** How long a download link is good, in days. */
  readonly linkDays: number;
};

/** `language` (BCP 47) is that of the page it leads to, where that is another than the site’s; else null. */
export type NavigationEntry = {
  readonly label: string;
  readonly url: string;
  readonly language: string | null;
};

/** A4, and the Letter of the United States and Canada. */
export const PAPERS = ['a4', 'letter'] as const;

export type Offer = {
  readonly key: string;
  /** BCP 47: of its pages, its document and the emails that follow it. */
  readonly language: string;
  /** Key of the offer of another language that this one is a translation of. */
  readonly translates: string | null;
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
  /** Above the heading: what it is, that it is free, and who wrote it. Null: nothing stands there. */
  readonly eyebrow: string | null;
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
