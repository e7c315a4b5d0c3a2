import { describe, expect, it } from 'vitest';
import { articleQuery, attributionOf, carriedQuery, referrerOf } from '../../src/http/attribution.ts';
import type { Query } from '../../src/http/attribution.ts';
import { refOf, tidyReferrer } from '../../src/http/referrer.ts';

const NOTHING = { source: null, medium: null, campaign: null, term: null, content: null, referrer: null };

describe('attribution', () => {
  it('takes the five names of the query, and nothing else', () => {
    const query = {
      utm_source: 'linkedin',
      utm_medium: 'social',
      utm_campaign: 'November talk',
      utm_term: 'executive',
      utm_content: 'button',
      utm_id: '7',
      gclid: 'x',
    };
    expect(attributionOf(query, 'https://www.linkedin.com/feed')).toEqual({
      source: 'linkedin',
      medium: 'social',
      campaign: 'November talk',
      term: 'executive',
      content: 'button',
      referrer: 'https://www.linkedin.com/feed',
    });
    expect(carriedQuery(query)).toBe(
      '?utm_source=linkedin&utm_medium=social&utm_campaign=November+talk&utm_term=executive&utm_content=button',
    );
  });

  it('is nothing where nothing is given', () => {
    expect(attributionOf({ utm_source: ' ' }, null)).toEqual(NOTHING);
    expect(carriedQuery({ utm_source: '', page: '2' })).toBe('');
  });

  it('takes the last of several, without control characters, cut by whole characters', () => {
    const query = { utm_source: ['a', 'b'], utm_medium: 'x\r\ny\u0000', utm_campaign: '😀'.repeat(200) };
    const { source, medium, campaign } = attributionOf(query, null);
    expect([source, medium, campaign]).toEqual(['b', 'x y', '😀'.repeat(120)]);
    expect(attributionOf({ utm_source: 'a\uD83D' }, null).source).toBe('a\uFFFD');
    expect(attributionOf({ utm_source: [] }, null)).toEqual(NOTHING);
  });

  it('survives being carried on', () => {
    const query = { utm_source: 'a&b=c#d"<', utm_campaign: 'é 😀 +' };
    const carried = Object.fromEntries(new URLSearchParams(carriedQuery(query)));
    expect(attributionOf(carried, null)).toEqual(attributionOf(query, null));
  });
});

describe('the way from page to page', () => {
  it('hands on the site from which the visitor came, beside the campaign', () => {
    expect(carriedQuery({ utm_source: 'x', ref: 'www.Google.com' })).toBe('?utm_source=x&ref=www.google.com');
    expect(carriedQuery({ ref: 'android-app://com.linkedin.android' })).toBe(
      '?ref=android-app%3A%2F%2Fcom.linkedin.android',
    );
  });

  it.each([
    '',
    'nohost',
    'a b.example',
    'a.example/path',
    'javascript:alert(1)',
    `${'x'.repeat(100)}.example`,
  ])('hands on no site called %j', (ref) => {
    expect(refOf(ref)).toBeNull();
    expect(carriedQuery({ ref })).toBe('');
  });

  it('forgets click ids: each names one person’s click', () => {
    const clicks = { gclid: 'a', fbclid: 'b', msclkid: 'c', gbraid: 'd', ttclid: 'e' };
    expect(carriedQuery(clicks)).toBe('');
    expect(attributionOf(clicks, null)).toEqual(NOTHING);
  });

  it('names the article to those who came without a tag, and keeps the site that led them there', () => {
    const carried = (query: Query) => articleQuery(carriedQuery(query), 'weak-ties');
    expect(carried({})).toBe('?utm_source=article&utm_campaign=weak-ties');
    expect(carried({ ref: 'www.bing.com' })).toBe(
      '?utm_source=article&utm_campaign=weak-ties&ref=www.bing.com',
    );
    expect(carried({ utm_campaign: 'spring' })).toBe('?utm_campaign=spring');
  });
});

describe('where a visitor came from is told by', () => {
  const OWN = ['funnel.example'];
  const NONE = { field: undefined, query: {}, headers: {} };

  it.each([
    [
      'the form’s field',
      { field: 'https://a.example/x?y', query: { ref: 'b.example' } },
      'https://a.example/x',
    ],
    [
      'the link that led here, when the page before is ours',
      { field: 'https://funnel.example/articles', query: { ref: 'b.example' } },
      'https://b.example/',
    ],
    [
      'the page with the form, when it is not ours',
      { headers: { referer: 'https://c.example/' } },
      'https://c.example/',
    ],
    [
      'its site, when its page is not told',
      { headers: { origin: 'https://c.example' } },
      'https://c.example/',
    ],
    ['nothing, when all is ours', { headers: { referer: 'https://funnel.example/x', origin: 'null' } }, null],
    ['nothing, when a link says that we are the site', { query: { ref: 'www.funnel.example' } }, null],
  ])('%s', (_, told, referrer) => {
    expect(referrerOf({ ...NONE, ...told }, OWN)).toBe(referrer);
  });
});

describe('a referrer', () => {
  it.each([
    ['https://www.linkedin.com/feed?trk=secret#top', 'https://www.linkedin.com/feed'],
    ['https://user:pass@example.com/', 'https://example.com/'],
    ['https://funnel.example/articles', null],
    ['https://www.funnel.example/', null],
    ['http://Funnel.example:8080/', null],
    ['https://not-funnel.example/', 'https://not-funnel.example/'],
    ['https://blog.funnel.example/a', 'https://blog.funnel.example/a'],
    ['javascript:alert(1)', null],
    ['android-app://com.linkedin.android/', 'android-app://com.linkedin.android/'],
    ['nonsense', null],
    ['', null],
    [undefined, null],
  ])('%j is kept as %j', (text, kept) => {
    expect(tidyReferrer(text, ['www.funnel.example'])).toBe(kept);
  });

  it('is cut before it is endless', () => {
    expect(tidyReferrer(`https://example.com/${'x'.repeat(9999)}`, [])).toHaveLength(300);
  });
});
