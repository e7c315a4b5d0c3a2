import { describe, expect, it } from 'vitest';
import { isCrossSite } from '../../src/http/cross-site.ts';

const RULES = { publicOrigin: 'https://funnel.example', allowed: ['https://www.coach.example'] };
const OWN = 'https://funnel.example';

describe('a request is from another site', () => {
  it.each([
    // Mail programs' servers, scripts: no browser, no cookies.
    [{}, false],
    [{ 'sec-fetch-site': 'same-origin', origin: OWN }, false],
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, true],
    [{ 'sec-fetch-site': 'same-site' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: OWN }, true],
    [{ 'sec-fetch-site': 'whatever' }, true],
    [{ origin: OWN }, false],
    [{ origin: 'HTTPS://Funnel.Example' }, false],
    [{ origin: 'https://evil.example' }, true],
    [{ origin: 'https://funnel.example.evil.example' }, true],
    [{ origin: 'https://funnel.example:8443' }, true],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: 'null' }, true],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, true],
    // A browser that hides the origin from everybody, on our own page.
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, false],
    [{ origin: '' }, true],
    [{ origin: 'https://www.coach.example' }, false],
    [{ origin: 'https://www.coach.example', 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'https://coach.example', 'sec-fetch-site': 'cross-site' }, true],
    // The address the visitor typed may differ from PUBLIC_URL: then the page and the form have the same host.
    [{ origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' }, false],
    [{ origin: 'http://10.0.0.5:3000', host: '10.0.0.5' }, true],
  ] as const)('%j: %s', (headers, expected) => {
    expect(isCrossSite({ host: 'funnel.example', ...headers }, RULES)).toBe(expected);
  });
});
