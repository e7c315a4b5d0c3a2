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
  readonly lead: { readonly leadId: string; readonly email: string; readonly firstName: string };
  /** Null for `data` and `erase`. `createdAt` in UTC milliseconds. */
  readonly signup: {
    readonly signupId: string;
    readonly offer: string;
    readonly email: string;
    readonly createdAt: number;
  } | null;
};

export type Composition =
  | { readonly kind: 'composed'; readonly email: Email }
  /** The content no longer has what the email is about. */
  | { readonly kind: 'impossible'; readonly reason: string };

/** Writes emails. Throws only for bugs, such as HTML of 60 KB or more. `at` in UTC milliseconds: links count from it. */
export type Composer = (order: EmailOrder, at: number) => Composition;

/** The part of the content that emails need. */
export type EmailContent = Pick<Content, 'site' | 'offers' | 'posts' | 'sequence' | 'emails'> & {
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
