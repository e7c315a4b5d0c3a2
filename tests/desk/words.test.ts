import { expect, it } from 'vitest';
import { storyOf } from '../../src/desk/words.ts';

const tokyo = { timeZone: 'Asia/Tokyo', locale: 'en' };

function told(kind: string, actor: string, detail: string | null): string {
  const { what, notes } = storyOf({ at: 0, kind, actor, detail }, tokyo);
  return [what, ...notes].join(' | ');
}

it.each([
  ['signup.expired', 'system', null, 'The request was never confirmed and is deleted | the program'],
  ['lead.stopped_by_coach', 'system', null, 'You stopped the emails | you'],
  ['message.arrived', 'system', 'step: one', 'You said that the email in doubt arrived | you | email: one'],
  ['message.sent_again', 'system', 'step: one', 'You had the email in doubt sent again | you | email: one'],
  [
    'enrollment.stale',
    'system',
    'step: one, days: 15',
    'The follow-up emails are stopped: they had fallen too far behind | the program | email: one | 15 days behind',
  ],
  [
    'message.skipped',
    'system',
    'step: one, reason: not confirmed',
    'Email skipped | the program | email: one | the address is not confirmed',
  ],
  [
    'enrollment.paused',
    'person',
    'until: 1797692400000',
    'Paused the emails | the person | until December 20, 2026',
  ],
  ['message.submitted', 'system', 'step: one, reason: -', 'Email sent or written | the program | email: one'],
  [
    'message.failed',
    'system',
    'step: one, reason: no such mailbox, or so: it says',
    'Email refused, or not sent, by the provider | the program | email: one | no such mailbox, or so: it says',
  ],
  [
    'link.opened',
    'scanner',
    'post: weak-ties, step: one, reason: burst',
    'Opened a link in an email | a robot | article: weak-ties | email: one | burst',
  ],
  [
    'link.opened',
    'person',
    'link: talk, step: one',
    'Opened a link in an email | the person | to your calendar | email: one',
  ],
  ['lead.grew_wings', 'person', null, 'lead grew wings | the person'],
])('tells %s in words', (kind, actor, detail, words) => {
  expect(told(kind, actor, detail)).toBe(words);
});
