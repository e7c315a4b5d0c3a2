import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SourceFile } from './files.ts';
import { isOutwardUrl } from './links.ts';
import type { Consent, Site } from './model.ts';
import { duplicates, fit, problemAt } from './problems.ts';
import type { Findings } from './problems.ts';
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
import { readYaml } from './yaml.ts';

/** Reads `site.yaml`. `languages` are those that have a file in `words/`. */
export function readSite(
  file: SourceFile,
  languages: readonly string[],
  findings: Findings,
): { readonly site: Site; readonly consent: Consent } | null {
  const yaml = readYaml(file.shown, file.text, 1, findings);
  const found = yaml === null ? null : fit(siteShape, yaml, findings);
  if (yaml === null || found === null) return null;
  for (const index of duplicates(found.situations.map((situation) => situation.key))) {
    const remedy = 'Give each situation its own key.';
    findings.problems.push(problemAt(yaml, ['situations', index, 'key'], 'stands here twice', remedy));
  }
  if (!languages.includes(found.language)) {
    const remedy =
      languages.length === 0
        ? `Add a file words/${found.language}.yaml.`
        : `Write one of: ${languages.join(', ')}; or add a file words/${found.language}.yaml.`;
    findings.problems.push(problemAt(yaml, ['language'], `has no file words/${found.language}.yaml`, remedy));
  }
  return { site: toSite(found), consent: toConsent(found.consent) };
}

const situation = group({ key: slug(), label: line() });
const atMost = (most: number, usual: number) => wholeNumber(1, most).default(usual);

const limitsShape = group({
  network_per_hour: atMost(1_000_000, 10),
  domain_per_hour: atMost(1_000_000, 30),
  large_domain_per_hour: atMost(1_000_000, 300),
  overall_per_hour: atMost(1_000_000, 300),
  address_gap_minutes: atMost(1440, 10),
  address_per_day: atMost(1_000_000, 3),
  address_unconfirmed_per_month: atMost(1_000_000, 5),
});

const siteShape = group({
  sample: z.boolean(),
  language: z
    .string()
    .superRefine(must(isLanguage, 'is not a language', 'Write its short name, such as en, de or pt-BR.')),
  name: line(),
  tagline: line(),
  url: webUrl(),
  time_zone: z
    .string()
    .superRefine(
      must(isTimeZone, 'is not a time zone', 'Write a name from the IANA list, such as America/Toronto.'),
    ),
  updated: day(),
  coach: group({ name: line(), first_name: line(), role: line(), email: emailAddress(), about: line() }),
  mail: group({
    from: line().superRefine(must(isSender, 'is not a sender', 'Write Name <name@example.com> in quotes.')),
    reply_to: emailAddress(),
  }),
  postal_address: text(),
  talk: group({ label: line(), url: outwardUrl() }),
  navigation: z.array(
    group({
      label: line(),
      url: z
        .string()
        .superRefine(
          must(
            (url) => /^\/(?!\/)\S*$/.test(url) || isOutwardUrl(url),
            'is not an address',
            'Write https://… or a page of this funnel, such as /articles.',
          ),
        ),
    }),
  ),
  situations: some(situation),
  consent: line(),
  topics: z.record(slug(), line()),
  limits: limitsShape.prefault({}),
  link_days: wholeNumber(1, 365).default(30),
});

function toSite(found: z.output<typeof siteShape>): Site {
  const { coach, mail, limits } = found;
  return {
    sample: found.sample,
    language: found.language,
    name: found.name,
    tagline: found.tagline,
    url: found.url,
    timeZone: found.time_zone,
    updated: found.updated,
    coach: {
      name: coach.name,
      firstName: coach.first_name,
      role: coach.role,
      email: coach.email,
      about: coach.about,
    },
    mail: { from: mail.from, replyTo: mail.reply_to },
    postalAddress: found.postal_address,
    talk: found.talk,
    navigation: found.navigation,
    situations: found.situations,
    topics: Object.entries(found.topics).map(([slug, name]) => ({ slug, name })),
    limits: {
      networkPerHour: limits.network_per_hour,
      domainPerHour: limits.domain_per_hour,
      largeDomainPerHour: limits.large_domain_per_hour,
      overallPerHour: limits.overall_per_hour,
      addressGapMinutes: limits.address_gap_minutes,
      addressPerDay: limits.address_per_day,
      addressUnconfirmedPerMonth: limits.address_unconfirmed_per_month,
    },
    linkDays: found.link_days,
  };
}

function toConsent(wording: string): Consent {
  return { version: createHash('sha256').update(wording).digest('hex').slice(0, 12), wording };
}

function isLanguage(tag: string): boolean {
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
