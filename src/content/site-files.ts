import { DAY } from '../kernel/clock.ts';
import { alternatesOf } from './alternates.ts';
import { contentsOf } from './languages.ts';
import type { Content } from './model.ts';
import { publicPages } from './public-pages.ts';

/** Everything may be read: pages that must not be found say so themselves, which a robot must be let in to see. */
export function robotsTxt(publicUrl: string): string {
  return `User-agent: *\nAllow: /\n\nSitemap: ${publicUrl}/sitemap.xml\n`;
}

/** Every page that may be found, in all its languages, each with the day of its last change as far as the content tells. */
export function sitemapXml(content: Content, publicUrl: string): string {
  const address = (path: string) => escapeXml(publicUrl + path);
  const urls = contentsOf(content).flatMap((spoken) =>
    publicPages(spoken).map(({ path, day }) => {
      const changed = day === null ? '' : `<lastmod>${day}</lastmod>`;
      const languages = alternatesOf(spoken, path);
      // For people of a language that is not here: the main one, as the head of each page says too.
      const others = languages.slice(0, 1).map(({ href }) => ({ language: 'x-default', href }));
      const links = [...languages, ...others].map(
        ({ language, href }) =>
          `<xhtml:link rel="alternate" hreflang="${language}" href="${address(href)}"/>`,
      );
      return `<url><loc>${address(path)}</loc>${changed}${links.join('')}</url>`;
    }),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join('\n')}
</urlset>
`;
}

/** RFC 9116. It must name an end (2.5.5), so that nobody writes to an address of long ago: half a year from `now`. */
export function securityTxt(content: Content, publicUrl: string, now: number): string {
  const until = new Date(Math.floor(now / DAY) * DAY + 180 * DAY).toISOString();
  const languages = contentsOf(content).map(({ site }) => site.language);
  return `Contact: mailto:${content.site.coach.email}
Expires: ${until}
Preferred-Languages: ${languages.join(', ')}
Canonical: ${publicUrl}/.well-known/security.txt
`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
