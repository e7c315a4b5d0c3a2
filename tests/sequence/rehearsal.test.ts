import { describe, expect, it } from 'vitest';
import type { Lead, MessageView } from '../../src/leads/port.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import { rehearse, rehearseLead } from '../../src/sequence/rehearsal.ts';
import { LEAD_ID, NOON, emailContent, stepOf } from '../support/email.ts';
import { steadyRandom } from '../support/sending.ts';

const content = emailContent({
  sequence: [stepOf('tide'), stepOf('wind', { daysAfter: 3 }), stepOf('stars', { daysAfter: 5 })],
});
const timetable = createTimetable(content.sequence, content.site.timeZone, steadyRandom());

const lead: Lead = {
  leadId: LEAD_ID,
  email: 'lead@example.com',
  firstName: 'Grace',
  status: 'confirmed',
  followUp: 'active',
  exitReason: null,
  pace: 'normal',
  pausedUntil: null,
  timezone: 'Europe/London',
  situation: null,
  targetRole: null,
  createdAt: NOON,
  confirmedAt: NOON,
  unsubscribedAt: null,
  demo: false,
};

function message(changes: Partial<MessageView>): MessageView {
  return {
    messageId: 'id',
    kind: 'step',
    step: 'tide',
    subject: null,
    state: 'planned',
    reason: null,
    dueAt: NOON,
    submittedAt: null,
    ...changes,
  };
}

function enrollment(doneSteps: readonly string[]) {
  return {
    enrollmentId: 'e',
    leadId: LEAD_ID,
    timezone: 'Europe/London',
    pace: 'normal',
    doneSteps,
  } as const;
}

describe('the calendar of somebody who presses now', () => {
  it('has the delivery at once, the reminder under its condition, and each step in the local time', () => {
    const { timeZone, emails } = rehearse({
      content,
      timetable,
      from: NOON,
      timezone: 'Europe/London',
      firstName: 'Grace',
    });
    expect(timeZone).toBe('Europe/London');
    expect(emails.map(({ step, local, subject, note }) => [step, local, subject, note])).toEqual([
      ['delivery', '2026-11-23 12:00, Monday', 'delivery: “The Chart”', null],
      [
        'reminder',
        '2026-11-24 12:00, Tuesday',
        'reminder: “The Chart”',
        'only if the button was not pressed by then',
      ],
      ['tide', '2026-11-25 09:00, Wednesday', 'About tides, Grace', null],
      ['wind', '2026-11-30 09:00, Monday', 'About tides, Grace', null],
      ['stars', '2026-12-07 09:00, Monday', 'About tides, Grace', null],
    ]);
  });

  it('is reckoned in the site’s zone where the browser told none', () => {
    expect(rehearse({ content, timetable, from: NOON, timezone: null })).toMatchObject({
      timeZone: 'America/Toronto',
      emails: { 0: { local: '2026-11-23 07:00, Monday' }, 2: { local: '2026-11-25 09:00, Wednesday' } },
    });
  });

  it('keeps 20 hours between two emails whatever the content says', () => {
    const hasty = emailContent({
      sequence: [stepOf('tide', { hour: 23 }), stepOf('wind', { daysAfter: 1, hour: 1 })],
    });
    const calendar = createTimetable(hasty.sequence, 'Europe/London', steadyRandom());
    const { emails } = rehearse({
      content: hasty,
      timetable: calendar,
      from: NOON,
      timezone: 'Europe/London',
    });
    expect(emails.slice(2).map(({ local }) => local)).toEqual([
      '2026-11-25 23:00, Wednesday',
      '2026-11-27 01:00, Friday',
    ]);
  });
});

describe('the calendar of a real lead', () => {
  const plan = { content, timetable, offer: 'chart', now: NOON };

  it('shows what she had, what became of it, and what comes', () => {
    const sent = message({
      step: 'tide',
      state: 'delivered',
      submittedAt: NOON,
      subject: 'As it was {{sent}}',
    });
    const next = message({ step: 'wind', dueAt: NOON + 86_400_000 });
    const { emails } = rehearseLead({
      ...plan,
      lead,
      messages: [sent, next],
      enrollment: enrollment(['tide']),
    });
    expect(emails.map(({ step, state, subject, at, note }) => [step, state, subject, at, note])).toEqual([
      ['tide', 'sent', 'As it was {{sent}}', NOON, 'delivered'],
      ['wind', 'planned', 'About tides, Grace', NOON + 86_400_000, null],
      ['stars', 'planned', 'About tides, Grace', Date.UTC(2026, 10, 30, 9), null],
    ]);
  });

  it('gives the reason of every skip', () => {
    const stopped: Lead = { ...lead, followUp: 'stopped', exitReason: 'found_job' };
    const skipped = message({ step: 'tide', state: 'skipped', reason: 'consent withdrawn' });
    const cancelled = message({ step: 'wind', state: 'cancelled', reason: 'found_job' });
    const { emails } = rehearseLead({
      ...plan,
      lead: stopped,
      messages: [skipped, cancelled],
      enrollment: enrollment(['tide']),
    });
    expect(emails.map(({ step, state, note }) => [step, state, note])).toEqual([
      ['tide', 'skipped', 'skipped: consent withdrawn'],
      ['wind', 'skipped', 'stopped: found job'],
      ['stars', 'skipped', 'stopped: found job'],
    ]);
  });

  it.each([
    [{ status: 'unconfirmed', followUp: 'none' }, 'the address is not confirmed yet'],
    [{ status: 'bounced', followUp: 'none' }, 'the address is bounced'],
    [{ followUp: 'none' }, 'no follow-up emails were asked for'],
    [{ followUp: 'finished' }, 'the sequence is finished'],
  ] as const)('explains why nothing comes: %j', (changes, note) => {
    const { emails } = rehearseLead({
      ...plan,
      lead: { ...lead, ...changes },
      messages: [],
      enrollment: null,
    });
    expect(emails).toHaveLength(3);
    for (const email of emails) expect(email).toMatchObject({ state: 'skipped', at: null, note });
  });

  it('counts from the end of a pause', () => {
    const paused: Lead = { ...lead, followUp: 'paused', pausedUntil: Date.UTC(2027, 0, 4) };
    const { emails } = rehearseLead({ ...plan, lead: paused, messages: [], enrollment: enrollment([]) });
    expect(emails[0]?.local).toBe('2027-01-06 09:00, Wednesday');
  });
});
