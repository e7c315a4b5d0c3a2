import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/content/model.ts';
import { DAY, HOUR } from '../../src/kernel/clock.ts';
import type { Lead, MessageView } from '../../src/leads/port.ts';
import { createComposer } from '../../src/mail/compose.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import { rehearse, rehearseLead } from '../../src/sequence/rehearsal.ts';
import { LEAD_ID, NOON, emailContent, orderOf, stationery, stepOf } from '../support/email.ts';
import { steadyRandom } from '../support/sending.ts';

const content = emailContent({
  sequence: [stepOf('tide'), stepOf('wind', { daysAfter: 3 }), stepOf('stars', { daysAfter: 5 })],
});
const timetable = createTimetable(content.sequence, content.site.timeZone, steadyRandom());

const lead: Lead = {
  offer: null,
  language: null,
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
  throwaway: false,
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
    endedAt: changes.submittedAt ?? null,
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

  it('begins again on the first good day after a pause, as the sender does', () => {
    const paused: Lead = { ...lead, followUp: 'paused', pausedUntil: Date.UTC(2027, 0, 2, 12) };
    const waiting = message({ step: 'tide', dueAt: Date.UTC(2026, 10, 25, 9) });
    const { emails } = rehearseLead({
      ...plan,
      lead: paused,
      messages: [waiting],
      enrollment: enrollment([]),
    });
    expect(emails.map(({ local, note }) => [local, note])).toEqual([
      ['2027-01-04 09:00, Monday', 'after the pause'],
      ['2027-01-07 09:00, Thursday', null],
      ['2027-01-12 09:00, Tuesday', null],
    ]);
  });

  it('doubles the days for somebody who asked for fewer', () => {
    const slow = { ...enrollment(['tide']), pace: 'fewer' } as const;
    const sent = message({ state: 'submitted', submittedAt: NOON });
    const { emails } = rehearseLead({ ...plan, lead, messages: [sent], enrollment: slow });
    expect(emails.slice(1).map(({ local }) => local)).toEqual([
      '2026-11-30 09:00, Monday',
      '2026-12-10 09:00, Thursday',
    ]);
  });
});

describe('what comes late', () => {
  const overdue = message({ step: 'tide', dueAt: Date.UTC(2026, 10, 16, 9) });
  const at = (now: number, step: Partial<Step> = {}) => {
    const late = emailContent({
      sequence: [stepOf('tide', step), stepOf('wind', { daysAfter: 3 }), stepOf('stars', { daysAfter: 5 })],
    });
    const calendar = createTimetable(late.sequence, late.site.timeZone, steadyRandom());
    return rehearseLead({
      content: late,
      timetable: calendar,
      offer: 'chart',
      now,
      lead,
      messages: [overdue],
      enrollment: enrollment([]),
    }).emails.map(({ state, local, note }) => [state, local, note]);
  };

  it('goes out now at a good hour, and the rest shifts behind it', () => {
    expect(at(NOON)).toEqual([
      ['planned', '2026-11-23 12:00, Monday', null],
      ['planned', '2026-11-26 09:00, Thursday', null],
      ['planned', '2026-12-01 09:00, Tuesday', null],
    ]);
  });

  it('waits at night for the morning', () => {
    expect(at(Date.UTC(2026, 10, 23, 23))[0]).toEqual([
      'planned',
      '2026-11-24 09:00, Tuesday',
      'late: it waits for a good hour',
    ]);
  });

  it('is skipped with its reason when it is later than the step allows, and the next one is planned', () => {
    expect(at(NOON, { lateOk: 3 })).toEqual([
      ['skipped', '2026-11-23 12:00, Monday', '7 days late'],
      ['planned', '2026-11-26 09:00, Thursday', null],
      ['planned', '2026-12-01 09:00, Tuesday', null],
    ]);
  });

  it('ends the sequence when it is more than 14 days behind', () => {
    expect(at(NOON + 8 * DAY)).toEqual([
      ['skipped', '2026-12-01 12:00, Tuesday', '15 days behind: the sequence is stopped as stale'],
      ['skipped', null, 'stopped: stale'],
      ['skipped', null, 'stopped: stale'],
    ]);
  });

  it('leaves 20 hours after the email before', () => {
    const sent = message({ step: 'tide', state: 'submitted', submittedAt: NOON - 2 * HOUR });
    const next = message({ step: 'wind', dueAt: NOON - HOUR });
    const { emails } = rehearseLead({
      content,
      timetable,
      offer: 'chart',
      now: NOON,
      lead,
      messages: [sent, next],
      enrollment: enrollment(['tide']),
    });
    expect(emails[1]).toMatchObject({
      local: '2026-11-24 09:00, Tuesday',
      note: '20 hours after the email before',
    });
  });

  it('plans nothing after an email in doubt until the doubt is over', () => {
    const doubt = message({ step: 'tide', state: 'in_doubt', endedAt: NOON });
    const daily = emailContent({ sequence: [stepOf('tide'), stepOf('wind', { daysAfter: 1, hour: 7 })] });
    const { emails } = rehearseLead({
      content: daily,
      timetable: createTimetable(daily.sequence, 'Europe/London', steadyRandom()),
      offer: 'chart',
      now: NOON + HOUR,
      lead,
      messages: [doubt],
      enrollment: enrollment(['tide']),
    });
    expect(emails.map(({ step, state, local }) => [step, state, local])).toEqual([
      ['tide', 'sent', '2026-11-23 12:00, Monday'],
      // Due at seven on Tuesday; the doubt counts as a submission from noon on.
      ['wind', 'planned', '2026-11-24 12:00, Tuesday'],
    ]);
  });

  it('is skipped when its step was removed from the content', () => {
    const gone = message({ step: 'gone', dueAt: NOON + DAY });
    const { emails } = rehearseLead({
      content,
      timetable,
      offer: 'chart',
      now: NOON,
      lead,
      messages: [gone],
      enrollment: enrollment([]),
    });
    expect(emails.map(({ step, state, note }) => [step, state, note])).toEqual([
      ['gone', 'skipped', 'the step is no longer in the content'],
      ['tide', 'planned', null],
      ['wind', 'planned', null],
      ['stars', 'planned', null],
    ]);
  });
});

describe('what is chosen for one reader', () => {
  const tested = emailContent({
    sequence: [
      stepOf('tide', { subjectB: 'Or this, {{first_name|captain}}' }),
      stepOf('wind', { posts: { kind: 'by_topic', topic: null } }),
      stepOf('stars', { posts: { kind: 'by_topic', topic: 'water' } }),
    ],
    site: { ...content.site, topics: [{ slug: 'water', name: 'On the water' }] },
  });
  const calendar = createTimetable(tested.sequence, 'Europe/London', steadyRandom());

  it('is told both ways of somebody who has not signed up yet', () => {
    const { emails } = rehearse({ content: tested, timetable: calendar, from: NOON, timezone: null });
    expect(emails.slice(2).map(({ subject, otherSubject, posts }) => [subject, otherSubject, posts])).toEqual(
      [
        ['About tides, captain', 'Or this, captain', '“How tides <work>”'],
        ['About tides, captain', null, 'a post she has not read'],
        ['About tides, captain', null, 'a post she has not read, of the topic “On the water”'],
      ],
    );
  });

  it('is the subject that the email will have, for a lead that there is', () => {
    const subjects = ['1', '2', '3', '4', '5', '6'].map((digit) => {
      const leadId = `${LEAD_ID.slice(0, -1)}${digit}`;
      const { emails } = rehearseLead({
        content: tested,
        timetable: calendar,
        offer: 'chart',
        now: NOON,
        lead: { ...lead, leadId },
        messages: [message({ step: 'tide' })],
        enrollment: enrollment([]),
      });
      const order = orderOf('step', {
        lead: { leadId, email: 'a@example.com', firstName: 'Grace', offer: 'chart', language: null },
      });
      const made = createComposer(stationery(tested))(order, NOON);
      expect(emails[0]?.subject).toBe(made.kind === 'composed' ? made.email.subject : null);
      expect(emails[0]?.otherSubject).toBeNull();
      return emails[0]?.subject;
    });
    expect(new Set(subjects).size).toBe(2);
  });
});
