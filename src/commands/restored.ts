import type { Funnel } from '../funnel.ts';
import type { Terminal } from './terminal.ts';

/**
 * Before anything is sent or stopped: what the journal of stops beside the database holds and the database lacks is carried out. When
 * that shows that the database is an older copy, sending is paused first, and what may have gone out since is in doubt.
 */
export async function catchUpWithJournal(funnel: Funnel, terminal: Pick<Terminal, 'err'>): Promise<void> {
  const { store, clock, timetable, log } = funnel;
  const missed = await store.missedStops();
  if (missed === null) return;
  const { stops, isOlder, knownUntil } = missed;
  const at = clock.now();
  const until = new Date(knownUntil).toISOString();
  // First, so that a crash in between leaves a database that is paused and still lacks them.
  if (isOlder) {
    const reason = `the database is an older copy (of ${until}): the journal of stops knows more`;
    await store.holdSending({ kind: 'restored', reason, at });
  }
  const lost = isOlder ? { from: knownUntil, to: at } : null;
  const { stopped, doubts } = await store.replayStops({ stops, lost, at, timetable: timetable() });
  log.warn({ lines: stops.length, stopped, doubts, isOlder }, 'carried out stops that the database lacked');
  if (isOlder) {
    terminal.err(
      `This database is an older copy: it ends at ${until}, and stops.log beside it holds ${stops.length} later stops. They are ` +
        `carried out, ${doubts} emails that may have gone out since are in doubt, and sending is paused until you resume it.\n`,
    );
  }
}
