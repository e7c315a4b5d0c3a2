import type { Content } from '../content/model.ts';
import type { Words } from '../content/words.ts';
import type { Look } from '../kernel/look.ts';
import type { Templates } from '../kernel/templates.ts';
import type { Tokens } from '../kernel/tokens.ts';
import type { MessageKind } from '../kernel/words.ts';
import type { Email } from './email.ts';

/** Which email is to be written, and for whom. A claimed message is one. */
export type EmailOrder = {
  readonly messageId: string;
  readonly kind: MessageKind;
  /** Its kind, or for steps the step's key. */
  readonly step: string;
  readonly lead: {
    readonly leadId: string;
    readonly email: string;
    readonly firstName: string;
    /** Key of what the email is about; as of a `Lead`, where it is about no signup. */
    readonly offer: string | null;
    /** In which it was asked for, and the email is written; null: that of the offer. */
    readonly language: string | null;
  };
  /** Null for `data` and `erase`. `createdAt` in UTC milliseconds. */
  readonly signup: {
    readonly signupId: string;
    readonly offer: string;
    readonly email: string;
    readonly createdAt: number;
  } | null;
  /** For steps: what decides which posts fit; null for what somebody asked for. */
  readonly reading: Reading | null;
};

/** What a lead has read, by slugs of posts. */
export type Reading = {
  /** Opened by her from an email, oldest first. */
  readonly read: readonly string[];
  /** Listed in an email of the sequence to her, oldest first. */
  readonly mailed: readonly string[];
  /** The article through which she came; null when she came another way. */
  readonly cameBy: string | null;
};

/** What was chosen for one reader while composing a step; kept in the ledger for the desk's numbers. */
export type Choices = {
  /** Which of two subjects; null when the step has one. */
  readonly subject: 'a' | 'b' | null;
  /** Slugs of the posts listed. */
  readonly posts: readonly string[];
  /** `Step.version`; null for emails that are no step. */
  readonly stepVersion: string | null;
};

export type Composition =
  | { readonly kind: 'composed'; readonly email: Email; readonly choices: Choices }
  /** The content no longer has what the email is about. */
  | { readonly kind: 'impossible'; readonly reason: string };

/** Writes emails. Throws only for bugs, such as HTML of 60 KB or more. `at` in UTC milliseconds: links count from it. */
export type Composer = (order: EmailOrder, at: number) => Composition;

/** The part of the content that emails need. */
export type EmailContent = Pick<
  Content,
  'site' | 'offers' | 'posts' | 'sequence' | 'emails' | 'base' | 'translations'
> & {
  readonly words: Pick<Words, 'email'>;
};

/** What emails are written with. */
export type Stationery = {
  /** Asked anew for each email: the coach may publish at any time. */
  readonly content: () => EmailContent;
  readonly templates: Templates;
  readonly look: Look;
  readonly tokens: Tokens;
  /** Without a slash at the end. Asked late: with `PORT=0` it is known only once the server listens. */
  readonly publicUrl: () => string;
  /** `MAIL_FROM` and `MAIL_REPLY_TO`; null: as `site.yaml` says. */
  readonly from: string | null;
  readonly replyTo: string | null;
};
