import { describe, expect, it } from 'vitest';
import type { Weekday } from '../../src/content/model.ts';
import { MESSAGE_STATES } from '../../src/kernel/words.ts';
import { pauseInPublic, tellPause } from '../../src/desk/pause-words.ts';
import { reasonInWords } from '../../src/desk/reason-words.ts';
import { stateInWords } from '../../src/desk/state-words.ts';
import { latenessInWords, whenInWords } from '../../src/desk/step-words.ts';

const place = { timeZone: 'Europe/London', locale: 'en' };

it.each<[number, number, readonly Weekday[], boolean, string]>([
  [
    2,
    9,
    ['mon', 'tue', 'wed', 'thu', 'fri'],
    true,
    '2 days after the press on the download page, at 9:00, Monday to Friday',
  ],
  [1, 0, ['tue'], false, '1 day after the email before, at 0:00, on a Tuesday'],
  [3, 17, ['thu', 'tue'], false, '3 days after the email before, at 17:00, on a Tuesday or Thursday'],
  [
    3,
    17,
    ['mon', 'wed', 'fri'],
    false,
    '3 days after the email before, at 17:00, on a Monday, Wednesday or Friday',
  ],
  [
    5,
    8,
    ['sun', 'sat', 'fri', 'thu', 'wed', 'tue', 'mon'],
    false,
    '5 days after the email before, at 8:00, on any day of the week',
  ],
])('says when a step goes out: %i days, %i o’clock, %j', (daysAfter, hour, weekdays, isFirst, words) => {
  expect(whenInWords({ daysAfter, hour, weekdays }, isFirst)).toBe(words);
});

it.each([
  [0, /If it cannot go out on its day, it is skipped/],
  [1, /up to 1 day late/],
  [10, /up to 10 days late/],
])('says what becomes of a step that is late: %i', (lateOk, words) => {
  expect(latenessInWords({ lateOk })).toMatch(words);
});

describe('a state', () => {
  it('has words of its own, whichever it is', () => {
    const words = MESSAGE_STATES.map((state) => stateInWords({ state, reason: null }));
    expect(new Set(words).size).toBe(MESSAGE_STATES.length);
    for (const text of words) expect(text).not.toMatch(/_|planned|claimed|submitted|failed/);
  });

  it.each([
    ['skipped', '11 days late', null, 'left out: 11 days late'],
    ['cancelled', 'found_job', null, 'not sent: the person has found a job'],
    ['claimed', 'application_error', null, 'is being sent'],
    ['in_doubt', 'application_error', null, 'in doubt: nobody can tell whether it went out'],
    ['in_doubt', 'application_error', 1, 'was in doubt, and counts as sent'],
    ['submitted', 'cancelled while under way', null, 'sent: the stop came while it was already on its way'],
  ] as const)('%s with “%s”', (state, reason, doubtClosedAt, words) => {
    expect(stateInWords({ state, reason, doubtClosedAt })).toBe(words);
  });
});

it.each([
  ['stopped: stopped by coach', 'you stopped the emails'],
  ['internal_server_error 500', 'the provider had a fault of its own (internal_server_error 500)'],
  [
    'application_error, given up',
    'the provider did not answer, or had a fault of its own (application_error); given up after many tries',
  ],
  ['no such mailbox, or so: it says', 'no such mailbox, or so: it says'],
  ['constructor', 'constructor'],
])('tells the reason “%s”', (reason, words) => {
  expect(reasonInWords(reason)).toBe(words);
});

it.each([
  ['account', 'invalid_api_key 401: the key re_x is wrong', 'refuses our account (invalid_api_key 401)'],
  ['account', 'Ana Weiss <ana@example.com> 403: no', 'refuses our account'],
  ['account', 'ana 403', 'refuses our account'],
  [
    'account',
    'the mail server refuses the login (535 5.7.8): bad (535 me)',
    'refuses our account (535 5.7.8)',
  ],
  ['account', 'no (ana at home)', 'refuses our account'],
  [
    'account',
    'the mail server’s name is not known (ENOTFOUND): check SMTP_URL',
    'refuses our account (ENOTFOUND)',
  ],
  ['unreachable', 'the mail server could not be reached (ECONNREFUSED)', 'cannot be reached (ECONNREFUSED)'],
  ['rate', 'rate_limit_exceeded 429', 'asks us to go slower (rate_limit_exceeded 429)'],
] as const)('tells anybody of a pause by the %s with “%s” only “%s”', (kind, reason, words) => {
  expect(pauseInPublic({ kind, reason, until: 1, since: 0 })).toBe(`the email provider ${words}`);
});

it('tells every sort of pause, and which of them need a person', () => {
  const since = Date.UTC(2026, 10, 23, 9);
  const until = since + 600_000;
  const told = [
    tellPause({ kind: 'coach', until: null, reason: 'x', since }, place),
    tellPause({ kind: 'restored', until: null, reason: 'x', since }, place),
    tellPause({ kind: 'account', until, reason: 'invalid_api_key 401', since }, place),
    tellPause({ kind: 'rate', until, reason: 'rate_limit_exceeded 429', since }, place),
  ];
  expect(told.map(({ needsYou }) => needsYou)).toEqual([true, true, false, false]);
  expect(told.map(({ said }) => said)).toEqual([
    null,
    null,
    'invalid_api_key 401',
    'rate_limit_exceeded 429',
  ]);
  for (const { how } of told) expect(how).toMatch(/^Since November 23, 2026 at 9:00 AM \S+\. /);
});
