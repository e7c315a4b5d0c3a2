/** Where and in which language an instant is told. */
export type MomentPlace = { readonly timeZone: string; readonly language: string };

/** The lead's own zone, or the site's where her browser told none that is known. */
export function momentPlace(
  timezone: string | null,
  site: { timeZone: string; language: string },
): MomentPlace {
  const known = timezone !== null && isTimeZone(timezone);
  return { timeZone: known ? timezone : site.timeZone, language: site.language };
}

/** An instant (UTC milliseconds) to the minute, with its zone: "November 23, 2026 at 9:00 AM EST". */
export function tellMoment(at: number, place: MomentPlace): string {
  return new Intl.DateTimeFormat(place.language, {
    ...DAY_PARTS,
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: place.timeZone,
  }).format(at);
}

/** The day of an instant (UTC milliseconds): "November 23, 2026". */
export function tellDay(at: number, place: MomentPlace): string {
  return new Intl.DateTimeFormat(place.language, { ...DAY_PARTS, timeZone: place.timeZone }).format(at);
}

/** A calendar day (`YYYY-MM-DD`) in words. */
export function tellDate(date: string, language: string): string {
  return tellDay(Date.parse(`${date}T12:00:00Z`), { timeZone: 'UTC', language });
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
