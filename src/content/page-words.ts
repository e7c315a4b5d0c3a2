import { z } from 'zod';
import { phrase } from './phrase.ts';

/** An error page: what it is called, what happened, what to do. */
const errorPage = z.strictObject({ title: phrase(), text: phrase() });

/** Words of the public pages: home, landing, check-inbox, articles, errors. `coach` is the coach's first name. */
export const pageWords = z.strictObject({
  /** In front of the title of a page that comes back with mistakes in its form. */
  error_title: phrase('title'),
  frame: z.strictObject({
    skip: phrase(),
    menu: phrase(),
    /** Names of the two lists of links, for screen readers. */
    main_navigation: phrase(),
    foot_navigation: phrase(),
    /** Stands before the coach's address. */
    help: phrase('coach'),
    privacy: phrase(),
  }),
  home: z.strictObject({
    title: phrase('site'),
    description: phrase('site', 'coach'),
    heading: phrase(),
    lead: phrase('coach'),
    offers_heading: phrase(),
    /** The link on an offer's card. */
    see_offer: phrase('offer'),
    coach_heading: phrase('coach'),
    articles_heading: phrase(),
    all_articles: phrase(),
  }),
  landing: z.strictObject({
    form_heading: phrase('offer'),
    first_name: phrase(),
    email: phrase(),
    /** Under the button: what the address is used for. */
    note: phrase('offer'),
    privacy_link: phrase(),
    website: phrase(),
    /** Above the contents of a paper. */
    extent: phrase('pages', 'minutes'),
    coach_heading: phrase('coach'),
    questions_heading: phrase(),
    articles_heading: phrase(),
    /** Leads back up to the form. */
    to_form: phrase('offer'),
    /** Says what a picture shows to those who hear the page: the document's first page, and one to look into. */
    first_page: phrase('title'),
    inner_page: phrase('title', 'page', 'chapter'),
    /** Under the picture of a page, which leads to a larger one. */
    larger: phrase(),
  }),
  errors: z.strictObject({
    heading: phrase(),
    /** Before each message beside a field, for screen readers. */
    prefix: phrase(),
    first_name_empty: phrase(),
    first_name_long: phrase(),
    email_empty: phrase(),
    email_long: phrase(),
    email_format: phrase(),
  }),
  /** Asked beside the email field when its domain looks like a slip of the finger. */
  email_question: z.strictObject({
    /** In front of the page's title: nothing is wrong for certain, so it is no error. */
    title: phrase('title'),
    text: phrase('proposed'),
    /** Only where what was typed can be an address at all, like the second button. */
    typed: phrase('typed'),
    use: phrase('proposed'),
    keep: phrase('typed'),
  }),
  check_inbox: z.strictObject({
    title: phrase(),
    heading: phrase(),
    lead: phrase('offer'),
    /** Stand before the sender and the subject of the email to look for. */
    from: phrase(),
    subject: phrase(),
    next_heading: phrase(),
    /** `sender` is the address that the email comes from, `name` the name beside it. */
    next: z.array(phrase('offer', 'name', 'sender', 'days')).min(1),
    missing_heading: phrase(),
    missing: z.array(phrase('name', 'sender', 'minutes')).min(1),
    /** Shown when the sentence beside the ticked box was not one of ours. */
    consent_note: phrase('minutes'),
    read_heading: phrase(),
    back: phrase('offer'),
  }),
  articles: z.strictObject({
    title: phrase(),
    description: phrase('site'),
    heading: phrase(),
    lead: phrase('coach'),
    topic_title: phrase('topic'),
    topic_description: phrase('topic', 'site'),
    topics_heading: phrase(),
    all_topics: phrase(),
    minutes: phrase('minutes'),
    /** For an article on another site. */
    elsewhere: phrase('host'),
    offers_heading: phrase(),
    sources_heading: phrase(),
    inspired_by: phrase('source'),
    next: phrase(),
    more_heading: phrase('topic'),
  }),
  privacy: z.strictObject({ updated: phrase('date') }),
  /** `llms.txt`: what programs that read for people are told of the site. Headings of its lists, and how one gets a document. */
  llms: z.strictObject({ note: phrase(), documents: phrase(), articles: phrase() }),
  /** The page of a form that met a limit. */
  limited: z.strictObject({
    title: phrase(),
    /** Before `text`: which limit was met. */
    reason: z.strictObject({ network: phrase(), domain: phrase(), overall: phrase() }),
    text: phrase(),
    /** `wait` is such as “in 12 minutes”, `time` such as “3:05 PM EST”. */
    wait: phrase('wait', 'time'),
    button: phrase(),
    help: phrase(),
    /** What the browser says instead of `wait` while it calculates, after half of it where that takes long, and then. */
    working: phrase(),
    half: phrase(),
    done: phrase('button'),
    /** After a press that came before the end. */
    sending: phrase(),
  }),
  /** Instead of the form, for a network that sent dozens of forms that could not be taken. `wait` is such as “in 9 minutes”. */
  too_many: z.strictObject({ title: phrase(), text: phrase(), wait: phrase('wait') }),
  failures: z.strictObject({
    bad_request: errorPage,
    forbidden: errorPage,
    not_found: errorPage,
    too_large: errorPage,
    wrong_type: errorPage,
    failed: errorPage,
    /** The link under each of them. */
    home: phrase(),
  }),
});
