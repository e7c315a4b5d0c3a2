import { describe, expect, it } from 'vitest';
import { contentsOf } from '../../src/content/languages.ts';
import { structuredData, jsonInHtml } from '../../src/content/structured-data.ts';
import { testFunnel } from '../support/funnel.ts';
import { linkedData } from './json-ld.ts';

const meta = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`, 'g'))].map(
    ([, content]) => content,
  );
const languagesOf = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">/g)].map(
      ([, language = '', href]) => [language, href],
    ),
  );

async function pages() {
  const { app, funnel } = await testFunnel();
  return {
    counted: () => app.contentChanged(),
    content: funnel.content.current(),
    paths: [
      ...(await app.server.inject('/sitemap.xml')).body.matchAll(/<loc>http:\/\/funnel\.test([^<]*)/g),
    ].map(([, path = '']) => path),
    html: async (path: string) => (await app.server.inject(path)).body,
  };
}

describe('every page that may be found', () => {
  it('has a title and a description of its own, and says once what it is', async () => {
    const { html, paths } = await pages();
    expect(paths.length).toBeGreaterThan(20);
    const seen = { title: new Set(), description: new Set() };
    for (const path of paths) {
      const page = await html(path);
      const title = /<title>([^<]+)<\/title>/.exec(page)?.[1] ?? '';
      const [description = ''] = meta(page, 'description');
      expect([path, title !== '' && description.length > 50 && description.length <= 160]).toEqual([
        path,
        true,
      ]);
      seen.title.add(title);
      seen.description.add(description);
      expect(page).toContain(`<link rel="canonical" href="http://funnel.test${path}">`);
      expect(meta(page, 'og:url')).toEqual([`http://funnel.test${path}`]);
      expect(meta(page, 'og:description')).toEqual([description]);
      expect(meta(page, 'og:image')[0]).toMatch(/^http:\/\/funnel\.test\/assets\/.+\.png$/);
      expect(meta(page, 'twitter:card')).toEqual(['summary_large_image']);
      expect(meta(page, 'theme-color')).toHaveLength(2);
      expect(meta(page, 'robots')).toEqual([]);
    }
    expect([seen.title.size, seen.description.size]).toEqual([paths.length, paths.length]);
  });

  it('names its languages, and each of those names it', async () => {
    const { html, paths } = await pages();
    for (const path of paths) {
      const page = await html(path);
      const languages = languagesOf(page);
      const own = /<html lang="([^"]+)"/.exec(page)?.[1] ?? '';
      expect([path, languages[own]]).toEqual([path, `http://funnel.test${path}`]);
      for (const href of Object.values(languages))
        expect(languagesOf(await html(String(href).slice('http://funnel.test'.length)))).toEqual(languages);
      const [locale = ''] = meta(page, 'og:locale');
      expect(locale).toMatch(new RegExp(`^${own}_[A-Z]{2}$`));
      expect(meta(page, 'og:locale:alternate')).toHaveLength(1);
      expect(meta(page, 'og:locale:alternate')).not.toContain(locale);
    }
  });
});

describe('the JSON-LD', () => {
  it('of the first page names the site and the coach', async () => {
    const { html, content } = await pages();
    for (const { site, base } of contentsOf(content)) {
      const { WebSite, Person } = linkedData(await html(base === '' ? '/' : base));
      expect(WebSite).toMatchObject({ name: site.name, inLanguage: site.language });
      expect(Person).toMatchObject({ name: site.coach.name, jobTitle: site.coach.role, url: site.url });
    }
  });

  it('of a landing page describes the document, free of charge, and the questions that stand there', async () => {
    const { counted, html, content } = await pages();
    await counted();
    for (const offer of content.offers) {
      const page = await html(`/${offer.key}`);
      const { DigitalDocument, Person, FAQPage } = linkedData(page);
      const [, firstWords = ''] = /<p class="eyebrow">([^<]+)<\/p>\s*<h1>/.exec(page) ?? [];
      expect(firstWords).toMatch(
        { en: /^Free .+Maureen/, fr: /gratuite?\b.+Maureen/ }[offer.language] ?? /^$/,
      );
      expect(DigitalDocument).toMatchObject({
        name: offer.document.title,
        inLanguage: offer.language,
        isAccessibleForFree: true,
        offers: { price: '0', url: `http://funnel.test/${offer.key}` },
        timeRequired: expect.stringMatching(/^PT\d+M$/),
      });
      expect(Person).toBeDefined();
      const questions = FAQPage?.['@type'] === 'FAQPage' ? FAQPage.mainEntity : [];
      const shown = [...page.matchAll(/<summary>([^<]+)<\/summary><p>([^<]+)<\/p>/g)].map(([, q, a]) => [
        q,
        a,
      ]);
      expect(questions.map(({ name, acceptedAnswer }) => [name, acceptedAnswer.text])).toEqual(shown);
    }
  });

  it('says nothing of the price for a landing page on which people do not read it either', async () => {
    const { content } = await pages();
    const [offer] = content.offers;
    if (offer === undefined) throw new Error('The sample has no offer.');
    const silent = { ...offer, landing: { ...offer.landing, eyebrow: null } };
    const place = {
      publicUrl: 'http://funnel.test',
      path: `/${offer.key}`,
      title: offer.title,
      description: offer.landing.description,
      image: null,
    };
    const data = (it: typeof offer) =>
      JSON.stringify(
        structuredData(content, { kind: 'offer', offer: it, minutes: null, questions: [] }, place),
      );
    expect(data(offer)).toContain('"price":"0"');
    expect(data(silent)).not.toMatch(/price|Free/);
  });

  it('of an article gives its day, its subject and the way to it', async () => {
    const { html, content } = await pages();
    for (const { posts, base } of contentsOf(content)) {
      for (const post of posts.filter(({ url }) => url === null)) {
        const page = await html(`${base}/articles/${post.slug}`);
        const { Article, BreadcrumbList } = linkedData(page);
        expect(Article).toMatchObject({ headline: post.title, datePublished: post.date });
        expect(meta(page, 'og:type')).toEqual(['article']);
        expect(meta(page, 'article:published_time')).toEqual([post.date]);
        const steps = BreadcrumbList?.['@type'] === 'BreadcrumbList' ? BreadcrumbList.itemListElement : [];
        for (const { item } of steps) {
          const path = item.slice('http://funnel.test'.length);
          expect([path, (await html(path)).includes('noindex')]).toEqual([path, false]);
        }
        expect(steps.map(({ position }) => position)).toEqual([1, 2, 3]);
      }
    }
  });

  it('of lists of articles is what they are; a page of law has none', async () => {
    const { html } = await pages();
    expect(linkedData(await html('/articles')).CollectionPage).toBeDefined();
    expect(linkedData(await html('/fr/articles/topic/job-offers')).BreadcrumbList).toBeDefined();
    expect(await html('/privacy')).not.toContain('ld+json');
  });

  it('names the coach’s pages elsewhere once the content does', async () => {
    const { content } = await pages();
    const coach = { ...content.site.coach, sameAs: ['https://www.example.com/in/ada'] };
    const own = { ...content, site: { ...content.site, coach } };
    const place = {
      publicUrl: 'http://funnel.test',
      path: '/',
      title: 'Home',
      description: 'All',
      image: null,
    };
    const html = (it: typeof content) =>
      `<script type="application/ld+json">${jsonInHtml(structuredData(it, { kind: 'home' }, place))}</script>`;
    expect(linkedData(html(own)).Person).toMatchObject({ sameAs: ['https://www.example.com/in/ada'] });
    expect(linkedData(html(content)).Person).not.toHaveProperty('sameAs');
  });

  it('cannot be ended by a word of the content', () => {
    const nasty = '</script><script>alert(1)</script><!--';
    expect(jsonInHtml({ name: nasty })).not.toContain('<');
    expect(JSON.parse(jsonInHtml({ name: nasty }))).toEqual({ name: nasty });
  });
});
