import type { IncomingHttpHeaders } from 'node:http';
import { DAY, SECOND } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { isRobot } from '../kernel/robots.ts';
import type { SignupStore } from './port.ts';

/** A request as far as counting needs it. */
export type ViewRequest = { readonly method: string; readonly headers: IncomingHttpHeaders };

/** Counts page views per UTC day, without a trace of who looked. */
export interface ViewCounter {
  readonly count: (request: ViewRequest, path: string) => void;
  /** Writes what was counted since the last time. */
  flush(): Promise<void>;
  /** The last writing; nothing is counted after it. */
  close(): Promise<void>;
}

const EVERY = 5 * SECOND;

/** Holds at most five seconds of counts in memory: a crash costs those, and a page never waits for a disk. */
export function createViewCounter(parts: {
  readonly store: Pick<SignupStore, 'addPageViews'>;
  readonly clock: Clock;
  readonly log: Log;
}): ViewCounter {
  let counts = new Map<string, { readonly day: string; readonly path: string; count: number }>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const flush = async () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (counts.size === 0) return;
    const views = [...counts.values()];
    counts = new Map();
    try {
      await parts.store.addPageViews(views);
    } catch (error) {
      // Counts are no reason to fail a visitor's request, nor to grow without end: these are lost.
      parts.log.error({ err: error, pages: views.length }, 'page views not written');
    }
  };

  return {
    count: (request, path) => {
      if (closed || !isView(request)) return;
      const today = Math.floor(parts.clock.now() / DAY);
      const key = `${today} ${path}`;
      const entry = counts.get(key) ?? { day: isoDay(today), path, count: 0 };
      if (entry.count === 0) counts.set(key, entry);
      entry.count += 1;
      timer ??= setTimeout(() => void flush(), EVERY).unref();
    },
    flush,
    close: async () => {
      closed = true;
      await flush();
    },
  };
}

/** The day with this number since 1970, as `YYYY-MM-DD`. */
function isoDay(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** A person's look at a page: not a check of its headers, not a browser's guess, not a robot that says so. */
function isView(request: ViewRequest): boolean {
  if (request.method !== 'GET') return false;
  const purpose = request.headers['sec-purpose'] ?? request.headers['purpose'];
  if (typeof purpose === 'string' && /prefetch|prerender|preview/i.test(purpose)) return false;
  return !isRobot(request.headers['user-agent']);
}
