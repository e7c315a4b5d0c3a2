import { DAY } from '../../kernel/clock.ts';
import type { Ground } from './ground.ts';

/** Longer than the provider repeats an event by itself (28 hours) and than any one that is posted again by hand in the same week. */
const KEPT_FOR = 7 * DAY;

/** Keeps the id of an event. `false`: it is known, and what it tells was applied in the transaction that kept it. */
export function keepProviderEvent(ground: Ground, eventId: string, at: number): boolean {
  return (
    ground
      .sql('insert into provider_events (event_id, at) values (?, ?) on conflict do nothing')
      .run(eventId, at).changes === 1
  );
}

export function forgetProviderEvents(ground: Ground, now: number): void {
  ground.sql('delete from provider_events where at < ?').run(now - KEPT_FOR);
}
