import { setTimeout as wait } from 'node:timers/promises';
import type { Funnel } from '../funnel.ts';
import { MINUTE } from '../kernel/clock.ts';
import { sendingRefusals } from '../refusals.ts';
import type { SenderPause } from '../sequence/port.ts';
import { catchUpWithJournal } from './restored.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { tellAll, withFunnel } from './with-funnel.ts';

export type SendOptions = {
  readonly json?: boolean;
  readonly offlineCopy?: boolean;
  readonly resume?: boolean;
};

/** `funnel send`: one pass over everything that is due now; tells what was sent, what was skipped, and why. */
export async function sendCommand(terminal: Terminal, options: SendOptions): Promise<void> {
  await withFunnel(
    terminal,
    async (funnel) => {
      const refusals = await sendingRefusals(funnel, options.offlineCopy === true);
      if (refusals.length > 0) throw new CommandStop(EXIT.configuration, tellAll('Sending', refusals));
      await catchUpWithJournal(funnel, terminal);
      const { store, clock, timetable } = funnel;
      if (options.resume === true) {
        const moved = await store.resumeSending(clock.now(), timetable());
        terminal.err(`Sending goes on; ${moved} ${moved === 1 ? 'email is' : 'emails are'} planned anew.\n`);
      }
      // Doubts and clicks come of age while sending is paused, too.
      await store.catchUp(clock.now(), timetable());
      // A fault of the account is mended outside: each pass asks once whether it is.
      await store.probeAccount(clock.now());
      const counts = new Map<string, number>();
      let pause: SenderPause | null;
      do {
        await sendAllDue(terminal, funnel, options, counts);
        pause = await store.senderPause(clock.now());
      } while (pause !== null && (await outlast(pause, clock.now())));
      const summary = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
      if (counts.size > 0) terminal.err(`Done: ${summary}.\n`);
      if (pause !== null) {
        throw new CommandStop(EXIT.failed, tellPause(pause));
      }
      if (counts.size === 0) terminal.err('Nothing is due.\n');
    },
    { content: 'send' },
  );
}

/** A provider that asks for some seconds of patience ends no pass; a fault of the account does. */
const PATIENCE = MINUTE;

/** Waits for the end of a short pause; false when it is a long one. */
async function outlast(pause: SenderPause, now: number): Promise<boolean> {
  if (pause.until === null) return false;
  const left = pause.until - now;
  if (left > PATIENCE) return false;
  await wait(Math.max(left, 0) + 1);
  return true;
}

function tellPause(pause: SenderPause): string {
  if (pause.until !== null)
    return `Sending is paused until ${new Date(pause.until).toISOString()}: ${pause.reason}`;
  const since = new Date(pause.since).toISOString();
  return `Sending is paused since ${since}: ${pause.reason}. Resume it on the desk under Emails, or with: npm run -s funnel -- send --resume`;
}

async function sendAllDue(
  terminal: Terminal,
  { sender }: Funnel,
  options: SendOptions,
  counts: Map<string, number>,
): Promise<void> {
  for (let report = await sender.sendNextDue(); report !== null; report = await sender.sendNextDue()) {
    counts.set(report.kind, (counts.get(report.kind) ?? 0) + 1);
    const why = report.reason === null ? '' : `  ${report.reason}`;
    if (options.json === true) terminal.out(`${JSON.stringify(report)}\n`);
    else terminal.out(`${report.kind.padEnd(10)}${report.step.padEnd(20)}${report.messageId}${why}\n`);
  }
}
