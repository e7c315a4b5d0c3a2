import { z } from 'zod';
import type { SourceFile } from './files.ts';
import type { Consent, Site } from './model.ts';
import { fit, problemAt } from './problems.ts';
import type { Findings } from './problems.ts';
import { group, line, outwardUrl, slug } from './shapes.ts';
import { localeTag, navigation } from './site-shape.ts';
import { toConsent } from './site.ts';
import { readYaml } from './yaml.ts';
import type { YamlText } from './yaml.ts';

/** Reads `languages/<language>/site.yaml`: what of `site.yaml` is said otherwise in that language. */
export function readSiteTranslation(
  file: SourceFile,
  language: string,
  main: Site,
  findings: Findings,
): { readonly site: Site; readonly consent: Consent } | null {
  const yaml = readYaml(file.shown, file.text, 1, findings);
  const found = yaml === null ? null : fit(translationShape, yaml, findings);
  if (yaml === null || found === null) return null;
  const situations = main.situations.map(({ key }) => key);
  const topics = main.topics.map((topic) => topic.slug);
  checkNames(yaml, 'situations', situations, Object.keys(found.situations), findings);
  checkNames(yaml, 'topics', topics, Object.keys(found.topics), findings);
  const { coach, talk } = found;
  return {
    site: {
      ...main,
      language,
      locale: found.locale ?? language,
      name: found.name ?? main.name,
      tagline: found.tagline,
      coach: { ...main.coach, role: coach.role, about: coach.about },
      talk: { ...main.talk, label: talk.label, url: talk.url ?? main.talk.url },
      navigation: found.navigation,
      situations: situations.map((key) => ({ key, label: found.situations[key] ?? key })),
      topics: topics.map((topic) => ({ slug: topic, name: found.topics[topic] ?? topic })),
    },
    consent: toConsent(found.consent),
  };
}

const translationShape = group({
  name: line().optional(),
  locale: localeTag().optional(),
  tagline: line(),
  coach: group({ role: line(), about: line() }),
  talk: group({ label: line(), url: outwardUrl().optional() }),
  navigation: navigation(),
  situations: z.record(slug(), line()),
  consent: line(),
  topics: z.record(slug(), line()),
});

/** Both ways: a name that is missing here would be shown as its key, and one too many is a spelling mistake. */
function checkNames(
  yaml: YamlText,
  entry: 'situations' | 'topics',
  wanted: readonly string[],
  found: readonly string[],
  { problems }: Findings,
): void {
  for (const name of wanted.filter((one) => !found.includes(one)))
    problems.push(problemAt(yaml, [entry], `lacks “${name}”`, `Add ${name}: with its words here.`));
  for (const name of found.filter((one) => !wanted.includes(one))) {
    const remedy = `Write one of: ${wanted.join(', ')}.`;
    problems.push(problemAt(yaml, [entry, name], 'is not in site.yaml', remedy));
  }
}
