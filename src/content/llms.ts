import { contentsOf, mainOf, ownOffers } from './languages.ts';
import { livingPosts, postAddress } from './living.ts';
import type { Content } from './model.ts';
import { say } from './phrase.ts';

/** What is here, for programs that read for people (llmstxt.org): the site in a line, how one gets a document, and all texts with a line each. */
export function llmsTxt(content: Content, publicUrl: string): string {
  const main = mainOf(content);
  const { site, words } = main;
  const lead = say(words.page.home.description, { site: site.name, coach: site.coach.firstName });
  const languages = contentsOf(content);
  return [
    `# ${site.name}`,
    `> ${lead}`,
    words.page.llms.note,
    ...languages.flatMap((spoken) => listsOf(spoken, publicUrl)),
    // The name of this list belongs to the format: what may be left out.
    list(
      'Optional',
      languages.map(({ base, privacy }) =>
        entry(privacy.title, `${publicUrl}${base}/privacy`, privacy.description),
      ),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function listsOf(content: Content, publicUrl: string): readonly string[] {
  const { site, words } = content;
  const { documents, articles } = words.page.llms;
  const named = (heading: string) => (content.base === '' ? heading : `${heading} (${site.language})`);
  const posts = livingPosts(content.posts).map((post) =>
    entry(post.title, post.url ?? publicUrl + postAddress(content, post), post.description),
  );
  const offers = ownOffers(content).map(({ key, title, landing }) =>
    entry(title, `${publicUrl}/${key}`, landing.description),
  );
  return [list(named(documents), offers), ...(posts.length === 0 ? [] : [list(named(articles), posts)])];
}

function list(heading: string, entries: readonly string[]): string {
  return `## ${heading}\n\n${entries.join('\n')}`;
}

function entry(title: string, url: string, line: string): string {
  return `- [${title.replace(/[[\]\\]/g, '\\$&')}](${url}): ${line}`;
}
