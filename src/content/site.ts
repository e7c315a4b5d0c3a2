import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { SourceFile } from './files.ts';
import type { Consent, Site } from './model.ts';
import { duplicates, fit, problemAt } from './problems.ts';
import type { Findings } from './problems.ts';
import { siteShape } from './site-shape.ts';
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

function toSite(found: z.output<typeof siteShape>): Site {
  const { coach, mail, limits } = found;
  return {
    sample: found.sample,
    language: found.language,
    locale: found.locale ?? found.language,
    name: found.name,
    tagline: found.tagline,
    url: found.url,
    timeZone: found.time_zone,
    paper: found.paper ?? null,
    updated: found.updated,
    coach: {
      name: coach.name,
      firstName: coach.first_name,
      role: coach.role,
      email: coach.email,
      about: coach.about,
      sameAs: coach.same_as,
    },
    mail: { from: mail.from, replyTo: mail.reply_to },
    postalAddress: found.postal_address,
    talk: found.talk,
    hiddenLink: found.hidden_link,
    navigation: found.navigation,
    situations: found.situations,
    topics: Object.entries(found.topics).map(([slug, name]) => ({ slug, name })),
    limits: {
      networkPerHour: limits.network_per_hour,
      domainPerHour: limits.domain_per_hour,
      largeDomainPerHour: limits.large_domain_per_hour,
      overallPerHour: limits.overall_per_hour,
      overallWithWorkPerHour: limits.overall_with_work_per_hour,
      addressGapMinutes: limits.address_gap_minutes,
      addressPerDay: limits.address_per_day,
      addressUnconfirmedPerMonth: limits.address_unconfirmed_per_month,
    },
    linkDays: found.link_days,
  };
}

/** The sentence with its version. */
export function toConsent(wording: string): Consent {
  return { version: createHash('sha256').update(wording).digest('hex').slice(0, 12), wording };
}
