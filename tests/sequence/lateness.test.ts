import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/kernel/random.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import { judgeLateness } from '../../src/sequence/lateness.ts';
import { stepOf } from '../support/email.ts';

const at = (text: string) => Temporal.PlainDateTime.from(text);
/** Nine o'clock, Monday to Friday, up to ten days late. */
const step = stepOf('tide');
const judge = (due: string, now: string, changes: Parameters<typeof stepOf>[1] = {}) =>
  judgeLateness({ ...step, ...changes }, at(due), at(now));

describe('a step that comes up', () => {
  it('on its day at its hour goes, and so it does until the evening', () => {
    expect(judge('2026-11-23T09:00', '2026-11-23T09:00')).toEqual({ kind: 'go' });
    expect(judge('2026-11-23T09:00', '2026-11-23T20:59')).toEqual({ kind: 'go' });
  });

  it('at night, before its hour or on a day it may not go out waits', () => {
    expect(judge('2026-11-23T09:00', '2026-11-23T21:00')).toEqual({ kind: 'wait' });
    expect(judge('2026-11-23T09:00', '2026-11-24T03:00')).toEqual({ kind: 'wait' });
    expect(judge('2026-11-27T09:00', '2026-11-28T12:00')).toEqual({ kind: 'wait' });
  });

  it('some days late goes, as many as it says', () => {
    expect(judge('2026-11-23T09:00', '2026-12-03T09:00')).toEqual({ kind: 'go' });
    expect(judge('2026-11-23T09:00', '2026-12-04T09:00')).toEqual({ kind: 'skip', reason: '11 days late' });
  });

  it('with no day of grace goes on its own day only', () => {
    expect(judge('2026-11-23T09:00', '2026-11-23T18:00', { lateOk: 0 })).toEqual({ kind: 'go' });
    expect(judge('2026-11-23T09:00', '2026-11-24T09:00', { lateOk: 0 })).toEqual({
      kind: 'skip',
      reason: '1 day late',
    });
  });

  it('more than 14 days behind makes the sequence stale, at any hour', () => {
    expect(judge('2026-11-02T09:00', '2026-11-16T09:00', { lateOk: 14 })).toEqual({ kind: 'go' });
    expect(judge('2026-11-02T09:00', '2026-11-17T02:00', { lateOk: 14 })).toEqual({
      kind: 'stale',
      days: 15,
    });
  });
});

describe('in the lead’s own zone', () => {
  const timetable = createTimetable([step], 'America/Toronto', systemRandom);
  const view = { enrollmentId: '', leadId: '', pace: 'normal', doneSteps: [] } as const;
  const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

  it('a late step waits for nine o’clock of the next day that is allowed', () => {
    // Friday, 3 in the morning in Auckland; the step was due on Wednesday.
    const now = instant('2026-11-26T14:00:00Z');
    const zoned = { ...view, timezone: 'Pacific/Auckland' };
    expect(timetable.judge(zoned, 'tide', instant('2026-11-24T20:00:00Z'), now)).toEqual({
      kind: 'wait',
      until: instant('2026-11-26T20:00:00Z'),
    });
  });

  it('an unknown zone counts as the site’s, and a step that is gone is skipped', () => {
    const due = instant('2026-11-23T14:00:00Z');
    expect(timetable.judge({ ...view, timezone: 'Mars/Base' }, 'tide', due, due)).toEqual({ kind: 'go' });
    expect(timetable.judge({ ...view, timezone: null }, 'gone', due, due)).toEqual({
      kind: 'skip',
      reason: 'the step is no longer in the content',
    });
  });
});
