import { MINUTE, SECOND } from '../kernel/clock.ts';
import type { Site } from '../content/model.ts';

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
  const time = new Intl.DateTimeFormat(site.locale, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: site.timeZone,
    timeZoneName: 'short',
  });
  return {
    seconds,
    wait: new Intl.RelativeTimeFormat(site.locale).format(minutes, 'minute'),
    // Rounded up as the minutes are: who comes at that minute must not be sent away again.
    time: time.format(Math.ceil(retryAt / MINUTE) * MINUTE),
  };
}
