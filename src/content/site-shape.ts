import { z } from 'zod';
import { isOutwardUrl } from './links.ts';
import { PAPERS } from './model.ts';
import {
  day,
  emailAddress,
  group,
  line,
  must,
  outwardUrl,
  slug,
  some,
  text,
  webUrl,
  wholeNumber,
} from './shapes.ts';

const situation = group({ key: slug(), label: line() });
const atMost = (most: number, usual: number) => wholeNumber(1, most).default(usual);

const limitsShape = group({
  network_per_hour: atMost(1_000_000, 10),
  domain_per_hour: atMost(1_000_000, 30),
  large_domain_per_hour: atMost(1_000_000, 300),
  overall_per_hour: atMost(1_000_000, 300),
  overall_with_work_per_hour: atMost(1_000_000, 600),
  address_gap_minutes: atMost(1440, 10),
  address_per_day: atMost(1_000_000, 3),
  address_unconfirmed_per_month: atMost(1_000_000, 5),
});

/** The name of a language, with or without a region. */
export function localeTag() {
  return z
    .string()
    .superRefine(must(isLanguage, 'is not a language', 'Write its short name, such as en, de or pt-BR.'));
}

/** The links at the head of every page. */
export function navigation() {
  return z.array(
    group({
      label: line(),
      language: localeTag().optional(),
      url: z
        .string()
        .superRefine(
          must(
            (url) => /^\/(?!\/)\S*$/.test(url) || isOutwardUrl(url),
            'is not an address',
            'Write https://… or a page of this funnel, such as /articles.',
          ),
        ),
    }).transform(({ label, url, language }) => ({ label, url, language: language ?? null })),
  );
}

/** What `site.yaml` must hold. */
export const siteShape = group({
  sample: z.boolean(),
  language: localeTag(),
  locale: localeTag().optional(),
  name: line(),
  tagline: line(),
  url: webUrl(),
  time_zone: z
    .string()
    .superRefine(
      must(isTimeZone, 'is not a time zone', 'Write a name from the IANA list, such as America/Toronto.'),
    ),
  paper: z.enum(PAPERS).optional(),
  updated: day(),
  coach: group({
    name: line(),
    first_name: line(),
    role: line(),
    email: emailAddress(),
    about: line(),
    same_as: z.array(webUrl()).default([]),
  }),
  mail: group({
    from: line().superRefine(must(isSender, 'is not a sender', 'Write Name <name@example.com> in quotes.')),
    reply_to: emailAddress(),
  }),
  postal_address: text(),
  talk: group({ label: line(), url: outwardUrl(), goal: z.boolean().default(false) }).superRefine(
    must(
      ({ goal, url }) => !goal || /^https?:/.test(url),
      'counts presses, and its address is no web page',
      'Write an https:// address of your calendar, or goal: false.',
    ),
  ),
  hidden_link: z.boolean().default(false),
  navigation: navigation(),
  situations: some(situation),
  consent: line(),
  topics: z.record(slug(), line()),
  limits: limitsShape.prefault({}),
  link_days: wholeNumber(1, 365).default(30),
});

export function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}

/** `Intl` also takes offsets such as +02:00, which know nothing of summer time: a name is asked for. */
function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isSender(value: string): boolean {
  const address = /^[^<>]*<([^<>\s]+)>$/.exec(value)?.[1] ?? value;
  return emailAddress().safeParse(address).success;
}
