import type { Content, Offer, Site } from '../content/model.ts';
import { say } from '../content/phrase.ts';
import { MINUTE, SECOND } from '../kernel/clock.ts';
import type { TypedValues } from './landing-view.ts';
import type { LimitScope } from './port.ts';
import type { Sum } from './work.ts';

/**
 * The data of the page of a form that met a limit: the form once more with all that was typed, and when to send it again.
 * @param sum what the browser may solve instead of waiting; null where that does not help.
 */
export function limitedView(
  { words, consent }: Pick<Content, 'words' | 'consent'>,
  offer: Offer,
  typed: TypedValues,
  { scope, retry }: { readonly scope: LimitScope; readonly retry: ReturnType<typeof retryWords> },
  sum: Sum | null,
): Readonly<Record<string, unknown>> {
  const { button, wait, done, reason } = words.page.limited;
  return {
    offer,
    consent,
    landing: { ...offer.landing, button },
    // A solution that was sent has not helped: a new sum takes its place, or none does.
    values: { ...typed, work: '' },
    errors: [],
    fieldErrors: { first_name: null, email: null },
    question: null,
    reason: reason[scope === 'ceiling' ? 'overall' : scope],
    wait: say(wait, { wait: retry.wait, time: retry.time }),
    sum,
    done: say(done, { button }),
  };
}

/**
 * How long somebody has to wait, for the machine (whole seconds, at least one) and for people: “in 12 minutes”, and the
 * time of day in the site's zone, since nothing is known of the visitor's.
 */
export function retryWords(
  now: number,
  retryAt: number,
  site: Pick<Site, 'locale' | 'timeZone'>,
): { readonly seconds: number; readonly wait: string; readonly time: string } {
  const seconds = Math.max(1, Math.ceil((retryAt - now) / SECOND));
  const minutes = Math.max(1, Math.ceil((retryAt - now) / MINUTE));
  const relative = new Intl.RelativeTimeFormat(site.locale);
  const time = new Intl.DateTimeFormat(site.locale, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: site.timeZone,
    timeZoneName: 'short',
  });
  return {
    seconds,
    wait:
      minutes < 60 ? relative.format(minutes, 'minute') : relative.format(Math.ceil(minutes / 60), 'hour'),
    // Rounded up as the minutes are: who comes at that minute must not be sent away again.
    time: time.format(Math.ceil(retryAt / MINUTE) * MINUTE),
  };
}
