import { describe, expect, it } from 'vitest';
import { attributionOf, carriedQuery, tidyReferrer } from '../../src/http/attribution.ts';

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

describe('a referrer', () => {
  it.each([
    ['https://www.linkedin.com/feed?trk=secret#top', 'https://www.linkedin.com/feed'],
    ['https://user:pass@example.com/', 'https://example.com/'],
    ['https://funnel.example/articles', null],
    ['javascript:alert(1)', null],
    ['android-app://com.linkedin', null],
    ['nonsense', null],
    ['', null],
    [undefined, null],
  ])('%j is kept as %j', (text, kept) => {
    expect(tidyReferrer(text, 'https://funnel.example')).toBe(kept);
  });

  it('is cut before it is endless', () => {
    expect(tidyReferrer(`https://example.com/${'x'.repeat(9999)}`, '')).toHaveLength(300);
  });
});
