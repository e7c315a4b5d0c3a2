import { join } from 'node:path';
import { loadLook } from '../../src/kernel/look.ts';
import { createTemplates } from '../../src/kernel/templates.ts';
import { createTokens } from '../../src/kernel/tokens.ts';
import type { AskedEmail, EmailKey, Post, Step } from '../../src/content/model.ts';
import type { Markdown } from '../../src/content/text.ts';
import type { Email } from '../../src/mail/email.ts';
import type { EmailContent, EmailOrder, Stationery } from '../../src/mail/order.ts';
import { ROOT } from '../../src/root.ts';

/** A small funnel of somebody who is not WordRight: the engine must not care whose it is. */
export const site: EmailContent['site'] = {
  sample: true,
  language: 'en',
  locale: 'en',
  name: 'Harbour Coaching',
  tagline: 'For captains',
  url: 'https://harbour.example/',
  timeZone: 'America/Toronto',
  paper: null,
  updated: '2026-11-23',
  coach: {
    name: 'Ada Quay',
    firstName: 'Ada',
    role: 'Coach',
    email: 'ada@harbour.example',
    about: '',
    sameAs: [],
  },
  mail: { from: 'Ada Quay <ada@harbour.example>', replyTo: 'reply@harbour.example' },
  postalAddress: 'Pier 4\nOld Harbour 12345',
  talk: { label: 'Talk', url: '/talk', goal: false },
  hiddenLink: false,
  navigation: [],
  situations: [],
  topics: [],
  limits: {
    networkPerHour: 10,
    domainPerHour: 30,
    largeDomainPerHour: 300,
    overallPerHour: 300,
    overallWithWorkPerHour: 600,
    addressGapMinutes: 10,
    addressPerDay: 3,
    addressUnconfirmedPerMonth: 5,
  },
  linkDays: 30,
};

export function md(source: string): Markdown {
  return { source, file: 'test.md', line: 1 };
}

export function stepOf(key: string, changes: Partial<Step> = {}): Step {
  return {
    key,
    daysAfter: 2,
    hour: 9,
    weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
    lateOk: 10,
    subject: 'About tides, {{first_name|captain}}',
    subjectB: null,
    preheader: 'What the water does.',
    posts: { kind: 'listed', slugs: ['tides'] },
    body: md(
      'Hello {{first_name|there}},\n\nyou asked for “{{offer}}”. Read [the tides](post:tides) or [the chart](offer:chart), or [talk](talk:) to [us](https://harbour.example/us).\n\n{{coach_first_name}}',
    ),
    version: 'abcdef012345',
    ...changes,
  };
}

export function postOf(slug: string, changes: Partial<Post> = {}): Post {
  return {
    slug,
    title: slug,
    description: `All about ${slug}.`,
    topic: 'water',
    date: '2026-01-01',
    minutes: 4,
    next: null,
    inspiredBy: null,
    sources: [],
    url: `https://blog.harbour.example/${slug}`,
    dead: false,
    body: null,
    ...changes,
  };
}

const tides = postOf('tides', {
  title: 'How tides <work>',
  description: 'Six hours in, six hours out.',
});

function asked(key: EmailKey): AskedEmail {
  const before = md('Hello,\n\nsomebody asked for “{{offer}}” at {{site}}.');
  return {
    key,
    subject: `${key}: “{{offer}}”`,
    preheader: 'One button.',
    button: 'Open my page',
    before,
    after: md('That is all.'),
  };
}

export function emailContent(changes: Partial<EmailContent> = {}): EmailContent {
  return {
    site,
    words: {
      email: {
        read_next: 'Worth reading next',
        minutes: '{{minutes}} minutes',
        read: 'Read it',
        button_fallback: 'Or copy this address:',
        link_line: '{{words}}:',
        sender: '{{coach}}, {{role}}, {{site}}',
        why_step: 'You asked for “{{offer}}” at {{site}} on {{date}} and ticked the box.',
        why_delivery: 'Somebody asked for “{{offer}}” at {{site}} on {{date}}.',
        why_reminder: 'Somebody asked for “{{offer}}” at {{site}} on {{date}}.',
        why_renewal: 'Somebody asked for a fresh link to “{{offer}}” at {{site}}.',
        why_data: 'Somebody asked {{site}} for your data.',
        why_erase: 'Somebody asked {{site}} to erase your data.',
        unsubscribe: 'Stop these emails',
        preferences: 'Fewer, or later',
        not_me: 'This was not me',
      },
    },
    offers: [
      {
        key: 'chart',
        language: 'en',
        translates: null,
        title: 'The Chart',
        shortTitle: 'the chart',
        fileName: 'Chart',
        card: '',
        landing: {
          eyebrow: null,
          heading: '',
          lead: '',
          button: '',
          proof: [],
          insideHeading: '',
          inside: [],
          sampleHeading: null,
          sample: null,
          questions: [],
          description: '',
        },
        document: {
          kind: 'infographic',
          file: '',
          title: '',
          subtitle: '',
          panels: [],
          sources: [],
          situations: {},
        },
      },
    ],
    posts: [tides],
    base: '',
    translations: {},
    sequence: [stepOf('tide'), stepOf('wind', { daysAfter: 3 })],
    emails: {
      delivery: asked('delivery'),
      reminder: asked('reminder'),
      renewal: asked('renewal'),
      data: asked('data'),
      erase: asked('erase'),
    },
    ...changes,
  };
}

export const testTokens = createTokens(['a secret of thirty-two bytes or more']);

export function stationery(content: EmailContent = emailContent()): Stationery {
  return {
    content: () => content,
    templates: createTemplates(join(ROOT, 'templates')),
    look: loadLook(),
    tokens: testTokens,
    publicUrl: () => 'https://funnel.example',
    from: null,
    replyTo: null,
  };
}

export const LEAD_ID = '019aa000-0000-7000-8000-000000000001';
export const SIGNUP_ID = '019aa000-0000-7000-8000-000000000002';
export const MESSAGE_ID = '019aa000-0000-7000-8000-000000000003';
/** Monday, 23 November 2026, noon UTC. */
export const NOON = Date.UTC(2026, 10, 23, 12);

export function orderOf(kind: EmailOrder['kind'], changes: Partial<EmailOrder> = {}): EmailOrder {
  return {
    messageId: MESSAGE_ID,
    kind,
    step: kind === 'step' ? 'tide' : kind,
    lead: { leadId: LEAD_ID, email: 'lead@example.com', firstName: 'Grace', offer: 'chart', language: null },
    signup:
      kind === 'data' || kind === 'erase'
        ? null
        : { signupId: SIGNUP_ID, offer: 'chart', email: 'typed@example.com', createdAt: NOON },
    reading: null,
    ...changes,
  };
}

export const sampleEmail: Email = {
  messageId: MESSAGE_ID,
  from: 'Ada Quay <ada@harbour.example>',
  to: 'lead@example.com',
  replyTo: 'reply@harbour.example',
  subject: 'Tides — über Wasser',
  html: '<p>Grüße</p>',
  text: 'Grüße\n',
  headers: {
    'List-Unsubscribe': '<https://funnel.example/unsubscribe/abc>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'Auto-Submitted': 'auto-generated',
  },
  tags: [
    { name: 'message', value: MESSAGE_ID },
    { name: 'step', value: 'tide' },
  ],
  composedAt: NOON,
};
