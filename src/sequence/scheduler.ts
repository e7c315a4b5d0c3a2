import { SECOND } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Log } from '../kernel/log.ts';
import type { Timetable } from '../leads/timetable.ts';
import type { SequenceStore } from './port.ts';
import type { Sender } from './sender.ts';

export interface Scheduler {
  start(): void;
  /** Something may have become due: looks at once, or right after the message in hand. */
  wake(): void;
  /** Resolves when the message in hand is settled; none is begun after the call. */
  stop(): Promise<void>;
}

/** No longer than this without a look: a clock set forward, a machine woken from sleep, another process's work. */
const LONGEST_NAP = 30 * SECOND;
/** What is due, and yet was not handed out, must not make the loop spin. */
const SHORTEST_NAP = SECOND / 4;
const NAP_AFTER_FAULT = 5 * SECOND;

/** The thin loop around the sender: one message after another until none is due, then a nap. Holds no future mail itself. */
export function createScheduler(parts: {
  readonly sender: Sender;
  readonly store: Pick<SequenceStore, 'catchUp' | 'nextDueAt' | 'senderPause'>;
  readonly timetable: () => Timetable;
  readonly clock: Clock;
  readonly log: Log;
}): Scheduler {
  const { sender, store, clock, log } = parts;
  let running: Promise<void> | undefined;
  let stopping = false;
  let awake = false;
  let endNap = () => {};

  const run = async (): Promise<void> => {
    while (!stopping) {
      awake = false;
      const ms = await work();
      // A call that came during the work is not lost: `awake` is still set, and the nap is left out.
      if (!stopping && !awake) await nap(ms);
    }
  };

  /** Everything that is due; tells how long to rest. Bugs and broken machines end here, and the loop goes on. */
  const work = async (): Promise<number> => {
    try {
      // Clicks and doubts come of age while sending is paused, too.
      await store.catchUp(clock.now(), parts.timetable());
      while (!stopping && (await sender.sendNextDue()) !== null);
      return await restMs();
    } catch (error) {
      log.error({ fault: faultOf(error) }, 'the sender failed');
      return NAP_AFTER_FAULT;
    }
  };

  const restMs = async (): Promise<number> => {
    const now = clock.now();
    const pause = await store.senderPause(now);
    const next = pause === null ? await store.nextDueAt() : (pause.until ?? Infinity);
    return Math.min(LONGEST_NAP, Math.max(SHORTEST_NAP, (next ?? Infinity) - now));
  };

  const nap = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      endNap = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const wake = () => {
    awake = true;
    endNap();
  };

  return {
    start: () => {
      running ??= run();
    },
    wake,
    stop: async () => {
      stopping = true;
      wake();
      await running;
    },
  };
}
