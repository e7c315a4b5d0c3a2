import { tidyName } from '../kernel/name.ts';
import type { Random } from '../kernel/random.ts';
import { pauseRange } from './pause.ts';
import type { LeadStore, PreferenceChange } from './port.ts';
import type { Timetable } from './timetable.ts';

/** What a visitor can ask for on her preferences page. */
export const PREFERENCE_ACTIONS = [
  'pause',
  'resume',
  'fewer',
  'stop',
  'found_job',
  'booked_call',
  'rename',
  'request_data',
  'request_erase',
] as const;
export type PreferenceAction = (typeof PREFERENCE_ACTIONS)[number];

/** Fields as typed: `action`, `until` (`YYYY-MM-DD`), `first_name`. */
export type PreferenceFields = Readonly<Record<string, string | undefined>>;

export type PreferenceProblem =
  | { readonly field: 'until'; readonly kind: 'until_missing' | 'until_out_of_range' }
  | { readonly field: 'first_name'; readonly kind: 'name_empty' | 'name_too_long' }
  | { readonly field: 'action'; readonly kind: 'action_unknown' };

export type Wish =
  | { readonly kind: 'change'; readonly action: PreferenceAction; readonly change: PreferenceChange }
  | { readonly kind: 'link'; readonly action: PreferenceAction; readonly link: 'data' | 'erase' }
  | { readonly kind: 'problem'; readonly problem: PreferenceProblem };

/** Understands a posted form, or says what is wrong with it. `timeZone` is the lead's: a pause ends where her day begins. */
export function readWish(fields: PreferenceFields, now: number, timeZone: string): Wish {
  const action = PREFERENCE_ACTIONS.find((known) => known === fields['action']);
  switch (action) {
    case 'pause':
      return readPause(fields['until'] ?? '', now, timeZone);
    case 'rename':
      return readRename(fields['first_name'] ?? '');
    case 'resume':
    case 'fewer':
      return { kind: 'change', action, change: { kind: action } };
    case 'stop':
      return { kind: 'change', action, change: { kind: 'stop', reason: 'unsubscribed' } };
    case 'found_job':
    case 'booked_call':
      return { kind: 'change', action, change: { kind: 'stop', reason: action } };
    case 'request_data':
      return { kind: 'link', action, link: 'data' };
    case 'request_erase':
      return { kind: 'link', action, link: 'erase' };
    case undefined:
      return { kind: 'problem', problem: { field: 'action', kind: 'action_unknown' } };
  }
}

export type WishParts = {
  readonly store: Pick<LeadStore, 'changePreferences' | 'requestDataLink'>;
  readonly random: Random;
  readonly timetable: () => Timetable;
};

/**
 * Carries a wish out. A second link within 10 minutes is `done` too: whoever holds the page learns nothing from it.
 * @param place path of the page, without the token.
 */
export async function carryOut(
  parts: WishParts,
  leadId: string,
  wish: Exclude<Wish, { kind: 'problem' }>,
  at: number,
  place: string,
): Promise<'done' | 'unchanged' | 'no_lead'> {
  if (wish.kind === 'link') {
    const message = { messageId: parts.random.uuid() };
    const outcome = await parts.store.requestDataLink(leadId, wish.link, message, at);
    return outcome === 'no_lead' ? 'no_lead' : 'done';
  }
  const context = { at, place, timetable: parts.timetable() };
  const outcome = await parts.store.changePreferences(leadId, wish.change, context);
  if (outcome === 'no_lead') return 'no_lead';
  // A stop that was in force already is what she asked for; a pause of nothing is not.
  return outcome === 'changed' || wish.change.kind === 'stop' ? 'done' : 'unchanged';
}

function readPause(until: string, now: number, timeZone: string): Wish {
  if (!isDate(until)) return { kind: 'problem', problem: { field: 'until', kind: 'until_missing' } };
  const { first, last } = pauseRange(now, timeZone);
  if (until < first || until > last) {
    return { kind: 'problem', problem: { field: 'until', kind: 'until_out_of_range' } };
  }
  // The first instant of that day: where clocks change at midnight it is not 00:00.
  const begin = Temporal.PlainDate.from(until).toZonedDateTime(timeZone).epochMilliseconds;
  return { kind: 'change', action: 'pause', change: { kind: 'pause', until: begin } };
}

function readRename(typed: string): Wish {
  const name = tidyName(typed);
  if (name.ok) {
    return { kind: 'change', action: 'rename', change: { kind: 'rename', firstName: name.name } };
  }
  const kind = name.problem === 'empty' ? 'name_empty' : 'name_too_long';
  return { kind: 'problem', problem: { field: 'first_name', kind } };
}

function isDate(text: string): boolean {
  // Temporal takes longer spellings, with times and calendars; a day is all that is asked for.
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}
