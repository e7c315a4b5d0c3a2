/** The first and the last day on which a pause may end, `YYYY-MM-DD` in the lead's zone. */
export type PauseRange = { readonly first: string; readonly last: string };

/** From tomorrow to the same day of the next year. */
export function pauseRange(now: number, timeZone: string): PauseRange {
  const today = dayOf(now, timeZone);
  return { first: today.add({ days: 1 }).toString(), last: today.add({ years: 1 }).toString() };
}

/** A pause that takes one press: until the beginning of `until`, a day in the lead's zone. */
export type PauseChoice = {
  readonly kind: 'two_weeks' | 'month' | 'new_year' | 'quarter';
  readonly until: string;
};

/** The nearest first. In the weeks before the turn of the year its first working Monday is one of them, else a quarter. */
export function pauseChoices(now: number, timeZone: string): readonly PauseChoice[] {
  const today = dayOf(now, timeZone);
  const isNearNewYear = today.month === 11 || (today.month === 12 && today.day <= 14);
  const later: PauseChoice = isNearNewYear
    ? { kind: 'new_year', until: firstWorkingMonday(today.year + 1).toString() }
    : { kind: 'quarter', until: today.add({ months: 3 }).toString() };
  const choices: readonly PauseChoice[] = [
    { kind: 'two_weeks', until: today.add({ weeks: 2 }).toString() },
    { kind: 'month', until: today.add({ months: 1 }).toString() },
    later,
  ];
  return choices.toSorted((a, b) => (a.until < b.until ? -1 : 1));
}

/** The first Monday that is not one of the three days on which many are still away. */
function firstWorkingMonday(year: number): Temporal.PlainDate {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  return fourth.add({ days: (8 - fourth.dayOfWeek) % 7 });
}

function dayOf(now: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
}
