import type { Clock } from '../../src/kernel/clock.ts';

/** A clock that stands still until it is moved. */
export type TestClock = Clock & {
  readonly advance: (milliseconds: number) => void;
  readonly set: (instant: string) => void;
};

export function testClock(instant: string): TestClock {
  let now = Date.parse(instant);
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    set: (next) => {
      now = Date.parse(next);
    },
  };
}
