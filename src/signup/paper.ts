import type { Paper } from '../documents/model.ts';

/** Countries where letters are written on Letter: there an A4 page loses its foot in the printer. */
const LETTER_COUNTRIES = ['US', 'CA'] as const;

let letterZones: ReadonlySet<string> | undefined;

/** The paper that lies in a person's printer, judged by her time zone (IANA); an unknown zone has A4, as most of the world. */
export function paperFor(timeZone: string): Paper {
  letterZones ??= new Set(LETTER_COUNTRIES.flatMap((country) => zonesOf(country)).map(canonical));
  return letterZones.has(canonical(timeZone)) ? 'letter' : 'a4';
}

function zonesOf(country: string): readonly string[] {
  return new Intl.Locale('und', { region: country }).getTimeZones() ?? [];
}

/** One name for a zone of several names: `US/Eastern` is `America/New_York`. */
function canonical(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone;
  }
}
