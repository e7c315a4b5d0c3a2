import { DAY } from '../kernel/clock.ts';
import { livingPosts } from './living.ts';
import type { Content } from './model.ts';

/** Everything may be read: pages that must not be found say so themselves, which a robot must be let in to see. */
export function robotsTxt(publicUrl: string): string {
  return `User-agent: *\nAllow: /\n\nSitemap: ${publicUrl}/sitemap.xml\n`;
}

/** The public pages, each with the day of its last change as far as the content tells. */
export function sitemapXml(content: Content, publicUrl: string): string {
  const local = content.posts.filter((post) => post.url === null);
  const topics = content.site.topics.filter((topic) =>
    livingPosts(content.posts).some((post) => post.topic === topic.slug),
  );
  const entries: readonly (readonly [path: string, day: string | null])[] = [
    ['/', content.site.updated],
    ...content.offers.map((offer) => [`/${offer.key}`, content.site.updated] as const),
    ['/articles', local[0]?.date ?? null],
    ...topics.map((topic) => [`/articles/topic/${topic.slug}`, null] as const),
    ...local.map((post) => [`/articles/${post.slug}`, post.date] as const),
    ['/privacy', content.privacy.updated],
  ];
  const urls = entries.map(
    ([path, day]) =>
      `<url><loc>${escapeXml(publicUrl + path)}</loc>${day === null ? '' : `<lastmod>${day}</lastmod>`}</url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('\n')}
</urlset>
`;
}

/** RFC 9116. It must name an end (2.5.5), so that nobody writes to an address of long ago: half a year from `now`. */
export function securityTxt(content: Content, publicUrl: string, now: number): string {
  const until = new Date(Math.floor(now / DAY) * DAY + 180 * DAY).toISOString();
  return `Contact: mailto:${content.site.coach.email}
Expires: ${until}
Preferred-Languages: ${content.site.language}
Canonical: ${publicUrl}/.well-known/security.txt
`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
