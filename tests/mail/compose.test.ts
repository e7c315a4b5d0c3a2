import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/content/model.ts';
import { DAY, MINUTE } from '../../src/kernel/clock.ts';
import { GOAL_LINK, HIDDEN_LINK } from '../../src/kernel/special-links.ts';
import type { TokenPurpose } from '../../src/kernel/tokens.ts';
import { HTML_LIMIT, createComposer } from '../../src/mail/compose.ts';
import type { Email } from '../../src/mail/email.ts';
import type { EmailContent, EmailOrder } from '../../src/mail/order.ts';
import {
  LEAD_ID,
  MESSAGE_ID,
  NOON,
  SIGNUP_ID,
  emailContent,
  md,
  orderOf,
  postOf,
  site,
  stationery,
  stepOf,
  testTokens,
} from '../support/email.ts';

function compose(order: EmailOrder, content: EmailContent = emailContent()): Email {
  const composition = createComposer(stationery(content))(order, NOON);
  if (composition.kind !== 'composed') throw new Error(composition.reason);
  return composition.email;
}

/** The tokens of all links below a path, in both parts of an email, without repeats. */
function tokensIn({ html, text }: Email, path: string): string[] {
  const found = (html + text).matchAll(new RegExp(`https://funnel\\.example/${path}/([A-Za-z0-9_-]+)`, 'g'));
  return [...new Set([...found].map((match) => match[1] ?? ''))];
}

function reading(purpose: TokenPurpose, token: string | undefined, now = NOON) {
  return testTokens.read(purpose, token ?? '', now);
}

describe('an email of the sequence', () => {
  const email = compose(orderOf('step'));

  it('goes to the lead, from the coach, about the step', () => {
    expect(email.to).toBe('lead@example.com');
    expect(email.from).toBe('Ada Quay <ada@harbour.example>');
    expect(email.replyTo).toBe('reply@harbour.example');
    expect(email.subject).toBe('About tides, Grace');
    expect(email.tags).toEqual([
      { name: 'message', value: MESSAGE_ID },
      { name: 'step', value: 'tide' },
    ]);
  });

  it('carries the headers of one-click unsubscribe (RFC 8058) with an address that stops this lead', () => {
    const url = /^<https:\/\/funnel\.example\/unsubscribe\/([^/>]+)>$/.exec(
      email.headers['List-Unsubscribe'] ?? '',
    );
    expect(email.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(email.headers['Auto-Submitted']).toBe('auto-generated');
    expect(reading('unsubscribe', url?.[1])).toEqual({ kind: 'valid', id: LEAD_ID, slug: '' });
  });

  it('has the text, why it came, the postal address and both links in both parts', () => {
    for (const part of [email.html, email.text]) {
      expect(part).toContain('Hello Grace');
      expect(part.replace(/\s+/g, ' ')).toContain(
        'You asked for “The Chart” at Harbour Coaching on November 23, 2026 and ticked the box.',
      );
      expect(part).toContain('Pier 4');
      expect(part).toContain('Old Harbour 12345');
      expect(part).toMatch(/https:\/\/funnel\.example\/unsubscribe\//);
      expect(part).toMatch(/https:\/\/funnel\.example\/preferences\//);
    }
    expect(reading('preferences', tokensIn(email, 'preferences')[0], NOON + 364 * DAY).kind).toBe('valid');
  });

  it('leads to related posts only through the page that counts clicks, in text and cards', () => {
    const [token, ...others] = tokensIn(email, 'read');
    expect(others).toEqual([]);
    expect(reading('read', token)).toEqual({ kind: 'valid', id: MESSAGE_ID, slug: 'tides' });
    expect(email.html).not.toContain('blog.harbour.example');
    expect(email.html).toContain('How tides &lt;work&gt;');
    expect(email.text).toContain('How tides <work>');
    expect(email.text).toContain('Worth reading next');
  });

  it('leaves other links as they are, whole', () => {
    expect(email.html).toContain('href="https://harbour.example/us"');
    expect(email.html).toContain('href="https://funnel.example/chart"');
    expect(email.html).toContain('href="https://funnel.example/talk"');
  });

  it('leads to the coach’s calendar through the page that counts clicks when that is the goal', () => {
    const content = emailContent();
    const talk = { ...content.site.talk, url: 'https://cal.example/ada', goal: true };
    const invited = compose(orderOf('step'), { ...content, site: { ...content.site, talk } });
    const slugs = tokensIn(invited, 'read').map((token) => reading('read', token));
    expect(slugs).toContainEqual({ kind: 'valid', id: MESSAGE_ID, slug: GOAL_LINK });
    expect(invited.html + invited.text).not.toContain('cal.example');
  });

  it('carries a link that no person sees only when the coach switched it on, and never in the text', () => {
    const hidden = (made: Email) =>
      tokensIn(made, 'read').filter((token) => {
        const read = reading('read', token);
        return read.kind === 'valid' && read.slug === HIDDEN_LINK;
      });
    expect(hidden(email)).toEqual([]);
    expect(email.html).not.toContain('display:none;mso-hide');
    const content = emailContent();
    const watched = compose(orderOf('step'), { ...content, site: { ...content.site, hiddenLink: true } });
    const [token = 'none', ...others] = hidden(watched);
    expect(others).toEqual([]);
    expect(watched.html).toMatch(
      new RegExp(`<a href="[^"]*${token}" aria-hidden="true" tabindex="-1" style="display:none[^"]*"></a>`),
    );
    expect(watched.text).not.toContain(token);
    expect(watched.text).toBe(email.text);
  });

  it('is drawn as old mail programs need it', () => {
    expect(email.html).toMatch(/^<!doctype html>\n<html lang="en"/);
    expect(email.html).toContain('<meta name="color-scheme" content="light dark">');
    expect(email.html).toContain('@media (prefers-color-scheme: dark)');
    expect(email.html).toContain('max-width:600px');
    expect(email.html).toContain('What the water does.');
    expect(email.text).not.toContain('What the water does.');
    expect(email.html).not.toMatch(/href=""|undefined|\{\{|<script|src=/);
    for (const table of email.html.match(/<table[^>]*>/g) ?? [])
      expect(table).toContain('role="presentation"');
    expect(email.html.match(/<style>[^]*<\/style>/)?.[0].length).toBeLessThan(16_000);
  });

  it('still goes out when the offer was renamed meanwhile', () => {
    const order = orderOf('step', {
      signup: { signupId: SIGNUP_ID, offer: 'old-chart', email: 'a@example.com', createdAt: NOON },
    });
    expect(compose(order).text).toContain('“old chart”');
  });

  it('is impossible when its step is no longer in the content', () => {
    const composition = createComposer(stationery())(orderOf('step', { step: 'gone' }), NOON);
    expect(composition).toEqual({ kind: 'impossible', reason: 'the step is no longer in the content' });
  });
});

describe.each(['delivery', 'reminder', 'renewal'] as const)('the %s', (kind) => {
  const email = compose(orderOf(kind));

  it('goes to the address of the signup and never repeats the typed name', () => {
    expect(email.to).toBe('typed@example.com');
    expect(email.html + email.text + email.subject).not.toContain('Grace');
  });

  it('has one button to the own page, good as long as the content says', () => {
    const [token, ...others] = tokensIn(email, 'download');
    expect(others).toEqual([]);
    expect(reading('download', token, NOON + 30 * DAY - 1)).toMatchObject({ kind: 'valid', id: SIGNUP_ID });
    expect(reading('download', token, NOON + 30 * DAY).kind).toBe('expired');
    expect(email.text).toContain('Open my page:\nhttps://funnel.example/download/');
  });

  it('has “this was not me”, the sender and the postal address in both parts, and no promotion', () => {
    const [token, ...others] = tokensIn(email, 'unsubscribe');
    expect(others).toEqual([]);
    expect(reading('not_me', token)).toEqual({ kind: 'valid', id: SIGNUP_ID, slug: '' });
    for (const part of [email.html, email.text]) {
      expect(part).toContain('This was not me');
      expect(part).toContain('Ada Quay, Coach, Harbour Coaching');
      expect(part).toContain('Pier 4');
    }
    expect(email.headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
    expect(email.html + email.text).not.toMatch(/\/read\/|\/preferences\/|Worth reading/);
  });

  it('is impossible when the offer is no longer in the content', () => {
    const composition = createComposer(stationery({ ...emailContent(), offers: [] }))(orderOf(kind), NOON);
    expect(composition.kind).toBe('impossible');
  });
});

it.each([
  ['data', 'data\\.json'],
  ['erase', 'erase'],
] as const)('mails a link for “%s” that is good for 15 minutes and for nothing else', (kind, end) => {
  const email = compose(orderOf(kind));
  const link = new RegExp(`https://funnel\\.example/preferences/([A-Za-z0-9_-]+)/${end}`);
  const token = link.exec(email.text)?.[1];
  expect(email.to).toBe('lead@example.com');
  expect(reading(kind, token, NOON + 15 * MINUTE - 1)).toMatchObject({ kind: 'valid', id: LEAD_ID });
  expect(reading(kind, token, NOON + 15 * MINUTE).kind).toBe('expired');
  expect(reading('preferences', token).kind).toBe('invalid');
});

describe('whatever stands in names and content', () => {
  it('keeps every subject on one line, and its HTML inert', () => {
    const step = stepOf('tide', { subject: 'For {{first_name|you}}\r\nBcc: x@example.com' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        const firstName = `${name}\r\nBcc: evil@example.com <script>alert(1)</script>`;
        const lead = {
          leadId: LEAD_ID,
          email: 'lead@example.com',
          firstName,
          offer: 'chart',
          language: null,
        };
        const email = compose(orderOf('step', { lead }), emailContent({ sequence: [step] }));
        expect(email.subject).not.toMatch(/[\r\n\0]/);
        expect(email.html).not.toContain('<script');
        for (const value of Object.values(email.headers)) expect(value).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses an address that would begin another header', () => {
    const lead = {
      leadId: LEAD_ID,
      email: 'a@example.com\r\nBcc: b@example.com',
      firstName: 'G',
      offer: 'chart',
      language: null,
    };
    expect(() => compose(orderOf('step', { lead }))).toThrow(/line break/);
  });

  it('refuses HTML that Gmail would clip', () => {
    const step = stepOf('tide', { body: md('word '.repeat(HTML_LIMIT / 5)) });
    expect(() => compose(orderOf('step'), emailContent({ sequence: [step] }))).toThrow(/limit/);
  });

  it('takes sender and reply address from the settings where they are set', () => {
    const composer = createComposer({
      ...stationery(),
      from: 'Other <o@example.com>',
      replyTo: 'r@example.com',
    });
    const composition = composer(orderOf('step'), NOON);
    expect(composition).toMatchObject({ email: { from: 'Other <o@example.com>', replyTo: 'r@example.com' } });
  });

  it('leaves out related posts that are gone', () => {
    const email = compose(orderOf('step'), { ...emailContent(), posts: [], site });
    expect(email.html).not.toContain('Worth reading next');
  });
});

describe('what is chosen for one reader', () => {
  const composition = (step: Partial<Step>, order: Partial<EmailOrder> = {}) => {
    const content = emailContent({
      sequence: [stepOf('tide', { body: md('Hello.'), ...step })],
      posts: [postOf('knots', { topic: 'ropes' }), postOf('tides')],
    });
    const made = createComposer(stationery(content))(orderOf('step', order), NOON);
    if (made.kind !== 'composed') throw new Error(made.reason);
    return made;
  };
  const byTopic = { posts: { kind: 'by_topic', topic: null } } as const;

  it('is told with the version of the step, for the ledger', () => {
    expect(composition({ version: 'cafe00000000' }).choices).toEqual({
      subject: null,
      posts: ['tides'],
      stepVersion: 'cafe00000000',
    });
  });

  it('is nothing for an email that somebody asked for', () => {
    const made = createComposer(stationery())(orderOf('delivery'), NOON);
    expect(made).toMatchObject({ choices: { subject: null, posts: [], stepVersion: null } });
  });

  it('is a post that she has not read, as the only card', () => {
    const { email, choices } = composition(byTopic, {
      reading: { read: ['knots'], mailed: [], cameBy: null },
    });
    expect(choices.posts).toEqual(['tides']);
    expect(tokensIn(email, 'read').map((token) => reading('read', token))).toEqual([
      { kind: 'valid', id: MESSAGE_ID, slug: 'tides' },
    ]);
  });

  it('leaves no heading and no empty space where she has read everything', () => {
    const { email, choices } = composition(byTopic, {
      reading: { read: ['knots', 'tides'], mailed: [], cameBy: null },
    });
    expect(choices.posts).toEqual([]);
    expect(email.html + email.text).not.toMatch(/Worth reading next|\/read\//);
    expect(email.html).not.toContain('class="card"');
    expect(email.text).toMatch(/Hello\.\n\n-{72}\n/);
  });

  it('is one of two subjects, with the name in it', () => {
    const subjects = ['1', '2', '3', '4', '5', '6'].map((digit) => {
      const lead = {
        leadId: `${LEAD_ID.slice(0, -1)}${digit}`,
        email: 'lead@example.com',
        firstName: 'Grace',
        offer: 'chart',
        language: null,
      };
      const { email, choices } = composition({ subjectB: 'The other, {{first_name|you}}' }, { lead });
      return [choices.subject, email.subject];
    });
    expect(subjects).toContainEqual(['a', 'About tides, Grace']);
    expect(subjects).toContainEqual(['b', 'The other, Grace']);
    expect(new Set(subjects.map(String)).size).toBe(2);
  });
});
