import type { Clock } from '../../../src/kernel/clock.ts';

/**
 * Two times: the true one, which only goes on, and what the machine's clock shows, which can be set. An instant of both, with
 * how far the clock had been set ahead and back in all up to then.
 */
export type Moment = {
  readonly truth: number;
  readonly shown: number;
  readonly setAhead: number;
  readonly setBack: number;
};

export type Time = {
  readonly clock: Clock;
  readonly moment: () => Moment;
  readonly pass: (ms: number) => void;
  /** Negative: back. */
  readonly set: (ms: number) => void;
};

export function timeFrom(start: number): Time {
  let [truth, shown, setAhead, setBack] = [start, start, 0, 0];
  return {
    clock: { now: () => shown },
    moment: () => ({ truth, shown, setAhead, setBack }),
    pass: (ms) => {
      truth += ms;
      shown += ms;
    },
    set: (ms) => {
      shown += ms;
      setAhead += Math.max(0, ms);
      setBack += Math.max(0, -ms);
    },
  };
}
