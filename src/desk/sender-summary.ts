import { DAY } from '../kernel/clock.ts';
import { momentPlace } from '../leads/moments.ts';
import { tellPause } from './pause-words.ts';
import type { PauseTold } from './pause-words.ts';
import type { HealthStore } from './port.ts';

/** What every page that tells how things are says of the emails. */
export type SenderSummary = {
  readonly pause: PauseTold | null;
  /** Emails in doubt that wait for the coach's word. */
  readonly doubts: number;
};

/** @param site its zone is the coach's: times are told in it. */
export async function senderSummary(
  store: Pick<HealthStore, 'senderPause' | 'countDoubts'>,
  now: number,
  site: { readonly timeZone: string; readonly locale: string },
): Promise<SenderSummary> {
  const [pause, doubts] = await Promise.all([store.senderPause(now), store.countDoubts(now - DAY)]);
  return { pause: pause === null ? null : tellPause(pause, momentPlace(null, site)), doubts };
}
