import { DAY } from '../kernel/clock.ts';
import { wholePercent } from '../kernel/percent.ts';
import { parseFilter } from '../leads/filter.ts';
import type { FunnelNumbers } from '../leads/numbers-port.ts';
import { tellClicks } from '../leads/told-clicks.ts';
import { tellLargestLoss, tellPresses } from '../leads/told-loss.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';

export type StatsOptions = { readonly from?: string; readonly to?: string; readonly json?: boolean };

/** `funnel stats`: the funnel's numbers, of the last 30 days unless said otherwise. */
export async function statsCommand(terminal: Terminal, options: StatsOptions): Promise<void> {
  const parsed = parseFilter(options);
  if (!parsed.ok) throw new CommandStop(EXIT.usage, parsed.problems.join('\n'));
  await withFunnel(terminal, async ({ store, clock }) => {
    const last = options.to ?? isoDay(clock.now());
    const to = dayStart(last) + DAY;
    const from = options.from === undefined ? to - 30 * DAY : dayStart(options.from);
    if (from >= to)
      throw new CommandStop(
        EXIT.usage,
        `The first day (${options.from}) is after the last (${last}). Change one of them.`,
      );
    const numbers = await store.funnelNumbers({ from, to });
    terminal.out(options.json === true ? `${JSON.stringify(numbers)}\n` : asTable(numbers, from, to));
  });
}

function asTable(numbers: FunnelNumbers, from: number, to: number): string {
  const steps: readonly (readonly [string, number, number | null])[] = [
    ['page views', numbers.views, null],
    ['signups', numbers.signups, numbers.views],
    ['mailed a link', numbers.links.mailed, numbers.signups],
    ['pressed their button', numbers.links.pressed, numbers.links.mailed],
    ['took the file', numbers.links.taken, numbers.links.pressed],
    ['confirmed', numbers.confirmed, null],
    ['follow-ups wanted', numbers.withFollowUp, numbers.confirmed],
    ['clicked a link', numbers.clicked, numbers.withFollowUp],
    ['clicks by people', numbers.clicksByPersons, null],
    ['clicks, raw', numbers.clicksRaw, null],
    ['finished the emails', numbers.finished, null],
    ['booked a call', numbers.bookedCall, null],
    ['found a job', numbers.foundJob, null],
    ['unsubscribed', numbers.unsubscribed, null],
    ['held back (honeypot)', numbers.held, null],
  ];
  const lines = steps.map(
    ([name, count, of]) => `${name.padEnd(22)}${String(count).padStart(8)}${share(count, of)}\n`,
  );
  const sources = numbers.sources.map(
    ({ source, site, signups, confirmed }) =>
      `  ${(source ?? (site === null ? '(none)' : `(${site})`)).padEnd(20)}${String(signups).padStart(8)} signups, ${confirmed} confirmed\n`,
  );
  const heading = `${isoDay(from)} to ${isoDay(to - DAY)} (UTC)\n`;
  const bySource = sources.length > 0 ? ['sources\n', ...sources] : [];
  return [
    heading,
    ...lines,
    ...bySource,
    `${tellPresses(numbers)}\n`,
    `${tellLargestLoss(numbers).told}\n`,
    `${tellClicks(numbers)}\n`,
  ].join('');
}

function share(count: number, of: number | null): string {
  return of === null || of === 0 ? '' : `  ${wholePercent(count, of)}`;
}

function dayStart(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
