import { postAddress } from '../content/living.ts';
import type { Content } from '../content/model.ts';
import { OWN_LINKS } from '../kernel/touch.ts';
import { FORMER_GOAL_LINK, GOAL_LINK } from '../kernel/special-links.ts';

/**
 * Where a link in an email leads: the article here, its address elsewhere or the coach's calendar as the content gives them, with
 * tags that tell the email apart. What is gone or dead leads to the list of articles, and so does the link that no person sees.
 * Nothing from the request can name the address (no open redirect).
 */
export function readTarget(content: Content, slug: string, step: string | null): string {
  const { posts, site } = content;
  const articles = postAddress(content, undefined);
  const tags = {
    utm_source: OWN_LINKS.email.source,
    utm_medium: OWN_LINKS.email.medium,
    ...(step === null ? {} : { utm_campaign: step }),
  };
  if (slug === GOAL_LINK) return /^https?:/i.test(site.talk.url) ? tagged(site.talk.url, tags) : articles;
  const post = posts.find((one) => one.slug === slug);
  if (post === undefined || post.dead) return articles;
  if (post.url === null) return `${postAddress(content, post)}?${new URLSearchParams(tags).toString()}`;
  return tagged(post.url, tags);
}

/** Under which slug a press is recorded: a goal that the coach has switched off since the email ends no sequence any more. */
export function recordedSlug({ site }: Content, slug: string): string {
  return slug === GOAL_LINK && !site.talk.goal ? FORMER_GOAL_LINK : slug;
}

function tagged(address: string, tags: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(tags)) url.searchParams.set(name, value);
  return url.href;
}
