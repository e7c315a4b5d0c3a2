import { describe, expect, it } from 'vitest';
import { alternatesOf, contentAt, otherLanguages } from '../../src/content/alternates.ts';
import {
  contentFor,
  contentIn,
  contentOf,
  contentsOf,
  isSpoken,
  mainOf,
  ownOffers,
} from '../../src/content/languages.ts';
import { postAddress } from '../../src/content/living.ts';
import type { Content } from '../../src/content/model.ts';
import { contentPreferred } from '../../src/content/preferred.ts';
import { FILES, anyWords, contentWith, problemsWith } from './fixture.ts';
import type { Files } from './fixture.ts';

/** The fixture in a second language: everything that it must have. */
const FRENCH: Files = {
  'words/fr.yaml': JSON.stringify(anyWords()),
  'languages/fr/site.yaml': `tagline: Une ligne
coach: { role: Conseillère, about: Deux phrases. }
talk: { label: Parlons-en }
navigation: [ { label: Articles, url: /fr/articles } ]
situations: { looking: Je cherche, between: Entre deux postes }
consent: Oui, envoyez-moi aussi six courriels.
topics: { job-offers: Offres }
`,
  ...Object.fromEntries(
    Object.entries(FILES)
      .filter(([name]) => /^(?:emails|posts|legal)\//.test(name))
      .map(([name, text]) => [`languages/fr/${name}`, text]),
  ),
  ...Object.fromEntries(
    Object.keys(FILES)
      .filter((name) => name.startsWith('sequence/'))
      .map((name) => [
        `languages/fr/${name}`,
        '---\nsubject: Un sujet\npreheader: Une ligne\n---\nBonjour, [lisez](post:first).\n',
      ]),
  ),
  'offers/livre/offer.yaml': (FILES['offers/white-paper/offer.yaml'] ?? '')
    .replace('kind: paper', 'kind: paper\nlanguage: fr\ntranslates: white-paper')
    .replace('order: 1', 'order: 7')
    .replace('file_name: A-Paper', 'file_name: Un-Livre'),
  'offers/livre/document.md': FILES['offers/white-paper/document.md'] ?? '',
};

const french = (content: Content): Content => contentIn(content, 'fr');

describe('a content in two languages', () => {
  it('says in each what is its own, and shares what is not a matter of words', async () => {
    const content = await contentWith(FRENCH);
    const other = french(content);
    expect(other.site).toMatchObject({
      language: 'fr',
      name: 'Example Career',
      tagline: 'Une ligne',
      coach: { name: 'Ada Low', role: 'Conseillère' },
      talk: { label: 'Parlons-en', url: 'mailto:ada@example.com' },
      situations: [
        { key: 'looking', label: 'Je cherche' },
        { key: 'between', label: 'Entre deux postes' },
      ],
      limits: content.site.limits,
    });
    expect(other.consent.version).not.toBe(content.consent.version);
    expect(other.version).toBe(content.version);
    expect(other.offers).toBe(content.offers);
  });

  it('takes from the main language when a step is sent and what it lists', async () => {
    const content = await contentWith(FRENCH);
    const timing = ({ key, daysAfter, hour, weekdays, lateOk, posts }: Content['sequence'][number]) =>
      [key, daysAfter, hour, weekdays, lateOk, posts] as const;
    expect(french(content).sequence.map(timing)).toEqual(content.sequence.map(timing));
    expect(french(content).sequence.map(({ subject }) => subject)).toEqual(['Un sujet', 'Un sujet']);
    expect(french(content).sequence[0]?.version).not.toBe(content.sequence[0]?.version);
  });

  it('is one object for a language, whichever language one comes from', async () => {
    const content = await contentWith(FRENCH);
    expect(french(content)).toBe(french(content));
    expect(contentIn(french(content), 'en')).toBe(content);
    expect(mainOf(french(content))).toBe(content);
    expect(contentIn(content, 'de')).toBe(content);
    expect(contentsOf(french(content)).map(({ site }) => site.language)).toEqual(['en', 'fr']);
  });

  it('speaks the language of the offer', async () => {
    const content = await contentWith(FRENCH);
    expect(contentFor(content, 'livre').site.language).toBe('fr');
    expect(contentFor(french(content), 'white-paper')).toBe(content);
    expect(contentFor(french(content), 'gone')).toBe(content);
    expect(ownOffers(french(content)).map(({ key }) => key)).toEqual(['livre']);
    expect(ownOffers(content).map(({ key }) => key)).toEqual(['white-paper', 'infographic']);
  });

  it('speaks somebody’s own language, whatever became of her offer; the main one where it is not spoken', async () => {
    const content = await contentWith(FRENCH);
    const spoken = (language: string | null, offer = 'gone') =>
      contentOf(content, { language, offer }).site.language;
    expect([spoken('fr'), spoken('fr-CA'), spoken('en-GB'), spoken('de')]).toEqual(['fr', 'fr', 'en', 'en']);
    expect([spoken(null, 'livre'), spoken(null), spoken('en', 'livre')]).toEqual(['fr', 'en', 'en']);
    expect(contentOf(content, null)).toBe(content);
    expect(['fr', 'fr-CA', 'en', null].map((one) => isSpoken(content, one))).toEqual(Array(4).fill(true));
    expect(isSpoken(french(content), 'de')).toBe(false);
  });

  it('keeps the pages of the other language below its tag', async () => {
    const content = await contentWith(FRENCH);
    const post = content.posts.find(({ slug }) => slug === 'first');
    expect(postAddress(content, post)).toBe('/articles/first');
    expect(postAddress(french(content), post)).toBe('/fr/articles/first');
    expect(postAddress(french(content), undefined)).toBe('/fr/articles');
  });

  it('names the page that says the same in the other language', async () => {
    const content = await contentWith(FRENCH);
    const pairs = [
      ['/', '/fr'],
      ['/white-paper', '/livre'],
      ['/articles', '/fr/articles'],
      ['/articles/first', '/fr/articles/first'],
      ['/articles/topic/job-offers', '/fr/articles/topic/job-offers'],
      ['/privacy', '/fr/privacy'],
    ] as const;
    for (const [english, other] of pairs) {
      const both = [
        { language: 'en', name: 'English', href: english },
        { language: 'fr', name: 'Français', href: other },
      ];
      expect(alternatesOf(content, english)).toEqual(both);
      expect(alternatesOf(french(content), other)).toEqual(both);
    }
    expect(alternatesOf(content, '/infographic')).toEqual([]);
    expect(otherLanguages(content, '/infographic')).toMatchObject([{ href: '/fr' }]);
    expect(otherLanguages(french(content), '/livre')).toMatchObject([{ href: '/white-paper' }]);
  });

  it('may be of a region that has a number for a name', async () => {
    const moved = Object.entries(FRENCH).map(([name, text]) => [
      name.replace('languages/fr/', 'languages/es-419/').replace('words/fr', 'words/es-419'),
      text?.replace('language: fr', 'language: es-419').replace('/fr/', '/es-419/') ?? null,
    ]);
    const content = await contentWith(Object.fromEntries(moved) as Files);
    expect(contentsOf(content).map(({ site }) => site.language)).toEqual(['en', 'es-419']);
    expect(contentAt(content, '/es-419/articles')?.site.language).toBe('es-419');
  });

  it('knows the language of an address', async () => {
    const content = await contentWith(FRENCH);
    const spoken = (path: string) => contentAt(content, path)?.site.language;
    expect(['/fr', '/fr/nothing', '/livre?x=1', '/livre/check-inbox'].map(spoken)).toEqual(
      Array(4).fill('fr'),
    );
    const main = ['/', '/?x=1', '/white-paper', '/articles/nothing', '/privacy', '/admin/x'];
    expect(main.map(spoken)).toEqual(main.map(() => 'en'));
    expect(['/french', '/download/x', '/unsubscribe/x'].map(spoken)).toEqual(Array(3).fill(undefined));
  });

  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr', 'fr'],
    ['FR-ca', 'fr'],
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    ['en;q=0.8, fr;q=0.9', 'fr'],
    ['en-GB, fr', 'en'],
    ['de, es;q=0.9, fr;q=0.1', 'fr'],
    ['de', 'en'],
    ['fr;q=0', 'en'],
    ['fr;q=0.000, de', 'en'],
    ['*, fr;q=0.5', 'en'],
    ['fr ; q=0.3 , *;q=0.1', 'fr'],
    ['fr;q=high', 'en'],
    ['frisian', 'en'],
    [',;=,q=1,__proto__', 'en'],
    [`${'de,'.repeat(2000)}fr`, 'en'],
  ])('for “%s” a browser gets it in %s', async (accepted, language) => {
    const content = await contentWith(FRENCH);
    expect(contentPreferred(content, accepted).site.language).toBe(language);
    expect(contentPreferred(french(content), accepted).site.language).toBe(language);
  });
});

describe('a second language tells', () => {
  const mistakes = async (changes: Files) =>
    (await problemsWith({ ...FRENCH, ...changes })).map(({ file, problem }) => `${file}: ${problem}`);

  it('what of it is missing', async () => {
    expect(
      await mistakes({
        'words/fr.yaml': null,
        'languages/fr/legal/privacy.md': null,
        'languages/fr/emails/data.md': null,
        'languages/fr/sequence/01-two-markets.md': null,
      }),
    ).toEqual([
      'languages/fr/emails/data.md: The file is missing.',
      'languages/fr/legal/privacy.md: The file is missing.',
      'languages/fr/sequence/01-two-markets.md: The file is missing.',
      'words/fr.yaml: The file is missing.',
    ]);
  });

  it('a situation or a topic that it lacks, or that the main language does not have', async () => {
    const site = FRENCH['languages/fr/site.yaml'] ?? '';
    expect(
      await mistakes({
        'languages/fr/site.yaml': site.replace('between:', 'betwixt:').replace('job-offers:', 'jobs:'),
      }),
    ).toEqual([
      'languages/fr/site.yaml: `situations` lacks “between”.',
      'languages/fr/site.yaml: `situations, betwixt` is not in site.yaml.',
      'languages/fr/site.yaml: `topics` lacks “job-offers”.',
      'languages/fr/site.yaml: `topics, jobs` is not in site.yaml.',
    ]);
  });

  it('an article that an email or a text of it refers to and that is only in the other language', async () => {
    expect(await mistakes({ 'languages/fr/posts/first.md': null })).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^languages\/fr\/sequence\/.*The link names the post “first”, which does not exist/,
        ),
        expect.stringMatching(/^offers\/livre\/offer\.yaml: The link names the post “first”/),
      ]),
    );
  });

  it('a step, a list of words and an offer in the wrong place', async () => {
    expect(
      await mistakes({
        'languages/fr/sequence/09-more.md': '---\nsubject: S\npreheader: P\n---\nText.\n',
        'languages/fr/words/fr.yaml': 'page: {}',
        'languages/fr/offers/livre/offer.yaml': 'kind: paper',
      }),
    ).toEqual([
      'languages/fr/offers/livre/offer.yaml: No part of the funnel uses a file of this name.',
      'languages/fr/sequence/09-more.md: There is no step more in the sequence/ of the main language.',
      'languages/fr/words/fr.yaml: No part of the funnel uses a file of this name.',
    ]);
  });

  it('timing in a translated step', async () => {
    const step = '---\nsubject: S\npreheader: P\nhour: 9\n---\nText.\n';
    expect(await mistakes({ 'languages/fr/sequence/01-two-markets.md': step })).toEqual([
      'languages/fr/sequence/01-two-markets.md: `hour` is not known here.',
    ]);
  });

  it('an offer of a language that nobody has written, and a translation of nothing', async () => {
    const offer = FRENCH['offers/livre/offer.yaml'] ?? '';
    expect(
      await mistakes({ 'offers/livre/offer.yaml': offer.replace('language: fr', 'language: de') }),
    ).toContain('offers/livre/offer.yaml: `language` is none that this content is written in.');
    expect(
      await mistakes({
        'offers/livre/offer.yaml': offer.replace('translates: white-paper', 'translates: paper'),
      }),
    ).toEqual(['offers/livre/offer.yaml: `translates` names an offer that does not exist.']);
  });

  it('two translations of one offer in the same language', async () => {
    const second = (FRENCH['offers/livre/offer.yaml'] ?? '')
      .replace('order: 7', 'order: 8')
      .replace('file_name: Un-Livre', 'file_name: Deux');
    expect(
      await mistakes({
        'offers/livre-deux/offer.yaml': second,
        'offers/livre-deux/document.md': FRENCH['offers/livre/document.md'] ?? '',
      }),
    ).toEqual([
      'offers/livre-deux/offer.yaml: `translates` names an offer that “livre” translates into fr already.',
    ]);
  });

  it('an offer whose address is a language’s', async () => {
    const moved = {
      'offers/fr/offer.yaml': FRENCH['offers/livre/offer.yaml'] ?? '',
      'offers/fr/document.md': FRENCH['offers/livre/document.md'] ?? '',
    };
    expect(
      await mistakes({ ...moved, 'offers/livre/offer.yaml': null, 'offers/livre/document.md': null }),
    ).toEqual([
      'offers/fr/offer.yaml: No offer can have the key “fr”: a page of the funnel has this address.',
    ]);
  });

  it('nothing of the kind when site.yaml cannot be read', async () => {
    const site = `colour: red\n${FILES['site.yaml'] ?? ''}`;
    expect(await mistakes({ 'site.yaml': site })).toEqual(['site.yaml: `colour` is not known here.']);
  });

  it('a folder of the main language, or of none', async () => {
    expect(await mistakes({ 'languages/en/posts/first.md': FILES['posts/first.md'] ?? '' })).toEqual([
      'languages/en/: The main language lies at the top, not in languages/en/.',
    ]);
    expect(await mistakes({ 'languages/nonsense-tongue-x/posts/first.md': 'x' })).toHaveLength(1);
  });
});
