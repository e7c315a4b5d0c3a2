import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { EMAIL_KEYS } from '../../src/content/model.ts';
import type { Content } from '../../src/content/model.ts';
import { createComposer } from '../../src/mail/compose.ts';
import type { Email } from '../../src/mail/email.ts';
import { ROOT } from '../../src/root.ts';
import { NOON, SIGNUP_ID, orderOf, stationery } from '../support/email.ts';

let content: Content;
beforeAll(async () => {
  const loaded = await loadContent([join(ROOT, 'assets/content')]);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
  content = loaded.content;
});

/** Every email that the sample can send, for every offer. */
function allEmails(): Email[] {
  const compose = createComposer(stationery(content));
  const orders = content.offers.flatMap(({ key: offer }) => {
    const signup = { signupId: SIGNUP_ID, offer, email: 'typed@example.com', createdAt: NOON };
    return [
      ...EMAIL_KEYS.map((key) => orderOf(key, key === 'data' || key === 'erase' ? {} : { signup })),
      ...content.sequence.map(({ key }) => orderOf('step', { step: key, signup })),
    ];
  });
  return orders.map((order) => {
    const composition = compose(order, NOON);
    if (composition.kind === 'impossible') throw new Error(`${order.step}: ${composition.reason}`);
    return composition.email;
  });
}

describe('every email of the sample', () => {
  it('is whole: nothing empty, nothing unfilled, every link an address of its own', () => {
    for (const { subject, html, text } of allEmails()) {
      expect(subject).not.toMatch(/^\s*$|\{\{|undefined/);
      expect(subject.length).toBeLessThan(120);
      expect(html + text).not.toMatch(/undefined|\{\{|\[object/);
      for (const [, href] of html.matchAll(/href="([^"]*)"/g))
        expect(href).toMatch(/^(https:\/\/|mailto:)\S+/);
      expect(html).toContain(content.site.postalAddress);
      expect(Buffer.byteLength(html)).toBeLessThan(60 * 1024);
      const proseLines = text.split('\n').filter((line) => !line.includes('https://'));
      expect(Math.max(...proseLines.map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });

  it('of the sequence links at least one post', () => {
    for (const email of allEmails().filter(({ headers }) => 'List-Unsubscribe' in headers)) {
      expect(email.html).toMatch(/\/read\//);
      expect(email.text).toMatch(/\/read\//);
    }
  });
});
