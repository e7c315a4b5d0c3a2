import type { Content } from '../content/model.ts';
import { isRobot } from '../kernel/robots.ts';

/** What following a link in an email asks of a store. */
export interface ReadStore {
  /** Key of the step that a message carries; null when it is gone. */
  stepOf(messageId: string): Promise<string | null>;
  recordClick(click: Click): Promise<void>;
}

export type Click = {
  readonly messageId: string;
  readonly slug: string;
  readonly at: number;
  readonly actor: 'person' | 'scanner';
  readonly reason: string | null;
};

/**
 * Where a link to an article leads: the article here, or its address elsewhere as the content gives it, with tags that tell the
 * email apart. An article that is gone leads to the list. Nothing from the request can name the address (no open redirect).
 */
export function readTarget(content: Content, slug: string, step: string | null): string {
  const post = content.posts.find((one) => one.slug === slug);
  if (post === undefined) return '/articles';
  const tags = {
    utm_source: 'email',
    utm_medium: 'sequence',
    ...(step === null ? {} : { utm_campaign: step }),
  };
  if (post.url === null) return `/articles/${post.slug}?${new URLSearchParams(tags).toString()}`;
  const url = new URL(post.url);
  for (const [name, value] of Object.entries(tags)) url.searchParams.set(name, value);
  return url.href;
}

/** Whether a press came from a person, as far as the caller admits it. Programs that pretend are counted as people. */
export function clickActor(caller: {
  readonly userAgent: string | undefined;
  /** `Sec-Purpose` or its elders: a browser that fetches ahead of a press. */
  readonly purpose: string | undefined;
}): Pick<Click, 'actor' | 'reason'> {
  if (/prefetch|preview/i.test(caller.purpose ?? '')) return { actor: 'scanner', reason: 'prefetch' };
  if (isRobot(caller.userAgent)) return { actor: 'scanner', reason: 'user agent' };
  return { actor: 'person', reason: null };
}
