import type { Site } from '../content/model.ts';
import type { Paper } from '../documents/model.ts';

/** Countries where letters are written on Letter: there an A4 page loses its foot in the printer. */
const LETTER_COUNTRIES = ['US', 'CA'] as const;

let letterZones: ReadonlySet<string> | undefined;

/**
 * The paper that lies in a person's printer, judged by her time zone (IANA). Where that is not known, or is the one of no place, it is
 * what the coach has set, else what is usual where she works.
 */
export function paperFor(timeZone: string | null, site: Pick<Site, 'paper' | 'timeZone'>): Paper {
  const zone = timeZone === null ? null : canonical(timeZone);
  if (zone === null || ofNoPlace(zone)) return site.paper ?? usualIn(canonical(site.timeZone));
  return usualIn(zone);
}

function usualIn(zone: string | null): Paper {
  letterZones ??= new Set(
    LETTER_COUNTRIES.flatMap((country) => zonesOf(country).map(canonical)).flatMap((one) => one ?? []),
  );
  return zone !== null && letterZones.has(zone) ? 'letter' : 'a4';
}

/** Browsers that guard against recognition tell UTC, wherever they are. */
function ofNoPlace(zone: string): boolean {
  return /^(?:UTC|GMT|Etc\/)/.test(zone);
}

function zonesOf(country: string): readonly string[] {
  return new Intl.Locale('und', { region: country }).getTimeZones() ?? [];
}

/** One name for a zone of several names: `US/Eastern` is `America/New_York`. Null: there is no such zone. */
function canonical(timeZone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
