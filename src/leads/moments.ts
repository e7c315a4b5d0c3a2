import { dayInWords, firstOfMonth } from '../kernel/day-words.ts';

/** Where and in which language an instant is told. */
export type MomentPlace = { readonly timeZone: string; readonly locale: string };

/** The lead's own zone, or the site's where her browser told none that is known. */
export function momentPlace(
  timezone: string | null,
  site: { timeZone: string; locale: string },
): MomentPlace {
  const known = timezone !== null && isTimeZone(timezone);
  return { timeZone: known ? timezone : site.timeZone, locale: site.locale };
}

/** An instant (UTC milliseconds) to the minute, with its zone: "November 23, 2026 at 9:00 AM EST". */
export function tellMoment(at: number, place: MomentPlace): string {
  const words = new Intl.DateTimeFormat(place.locale, {
    ...DAY_PARTS,
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: place.timeZone,
  }).format(at);
  return firstOfMonth(words, place.locale);
}

/** The day of an instant (UTC milliseconds): "November 23, 2026". */
export function tellDay(at: number, place: MomentPlace): string {
  return dayInWords(at, place.locale, place.timeZone);
}

/** The same with the day of the week, for a day that lies ahead: "Monday, November 23, 2026". */
export function tellDayAhead(at: number, place: MomentPlace): string {
  const parts = { ...DAY_PARTS, weekday: 'long', timeZone: place.timeZone } as const;
  return firstOfMonth(new Intl.DateTimeFormat(place.locale, parts).format(at), place.locale);
}

/** A calendar day (`YYYY-MM-DD`) in words. */
export function tellDate(date: string, locale: string): string {
  return dayInWords(Date.parse(`${date}T12:00:00Z`), locale, 'UTC');
}

const DAY_PARTS = { year: 'numeric', month: 'long', day: 'numeric' } as const;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
