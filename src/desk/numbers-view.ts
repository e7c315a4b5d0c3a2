import { wholePercent } from '../kernel/percent.ts';
import type { FunnelNumbers } from '../leads/numbers-port.ts';

/** One step of the funnel as the desk draws it. */
export type FunnelStep = {
  readonly label: string;
  readonly count: number;
  /** `41% of signups`, or null where there is nothing to compare with. */
  readonly share: string | null;
  /** Length of the bar, in parts of `BAR`. */
  readonly bar: number;
};

/** Width of the longest bar in pixels. */
export const BAR = 240;

/** The way from a look at a page to a click in an email; each step beside the one from which people come to it. */
export function funnelSteps(numbers: FunnelNumbers): readonly FunnelStep[] {
  const { views, signups, confirmed, links, withFollowUp, clicked } = numbers;
  const most = Math.max(1, views, signups, confirmed);
  const step = (label: string, count: number, of: number, ofWhat: string | null): FunnelStep => ({
    label,
    count,
    share: ofWhat === null || of === 0 ? null : `${wholePercent(count, of)} of ${ofWhat}`,
    // Something, however little, must not look like nothing.
    bar: count === 0 ? 0 : Math.max(2, Math.min(BAR, Math.round((BAR * count) / most))),
  });
  return [
    step('Page views', views, 0, null),
    step('Signups', signups, views, 'views'),
    step('Mailed a link', links.mailed, signups, 'signups'),
    step('Pressed the button on their page', links.pressed, links.mailed, 'those'),
    step('Took the file', links.taken, links.pressed, 'those'),
    step('Wanted the follow-ups', withFollowUp, confirmed, 'confirmed'),
    step('Clicked a link', clicked, withFollowUp, 'those'),
  ];
}
