import { describe, expect, it } from 'vitest';
import { clickActor } from '../../src/sequence/read.ts';

const actor = (userAgent: string | undefined, purpose?: string) => clickActor({ userAgent, purpose }).actor;

describe('who pressed a link', () => {
  it('is a scanner when the program says so itself, or fetches ahead of a press', () => {
    expect(actor('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)')).toBe('scanner');
    expect(actor('Slackbot-LinkExpanding 1.0')).toBe('scanner');
    expect(actor('facebookexternalhit/1.1')).toBe('scanner');
    expect(actor('Mozilla/5.0 (X11; Linux) HeadlessChrome/156.0')).toBe('scanner');
    expect(actor('Mozilla/5.0 Safari/605', 'prefetch;prerender')).toBe('scanner');
  });

  it('is a person otherwise', () => {
    expect(actor('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1')).toBe('person');
    expect(actor('Mozilla/5.0 (Linux; Android 15; Cubot X50) Chrome/156')).toBe('person');
    expect(actor(undefined)).toBe('person');
  });
});
