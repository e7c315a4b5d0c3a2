import { sendingRefusals } from '../refusals.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { tellAll, withFunnel } from './with-funnel.ts';

export type SendOptions = { readonly json?: boolean; readonly offlineCopy?: boolean };

/** `funnel send`: one pass over everything that is due now; tells what was sent, what was skipped, and why. */
export async function sendCommand(terminal: Terminal, options: SendOptions): Promise<void> {
  await withFunnel(terminal, async (funnel) => {
    const refusals = await sendingRefusals(funnel, options.offlineCopy === true);
    if (refusals.length > 0) throw new CommandStop(EXIT.configuration, tellAll('Sending', refusals));
    const counts = new Map<string, number>();
    for (
      let report = await funnel.sender.sendNextDue();
      report !== null;
      report = await funnel.sender.sendNextDue()
    ) {
      counts.set(report.kind, (counts.get(report.kind) ?? 0) + 1);
      const why = report.reason === null ? '' : `  ${report.reason}`;
      if (options.json === true) terminal.out(`${JSON.stringify(report)}\n`);
      else terminal.out(`${report.kind.padEnd(10)}${report.step.padEnd(20)}${report.messageId}${why}\n`);
    }
    const summary = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
    if (counts.size > 0) terminal.err(`Done: ${summary}.\n`);
    const pause = await funnel.store.senderPause(funnel.clock.now());
    if (pause !== null) {
      throw new CommandStop(
        EXIT.failed,
        `Sending is paused until ${new Date(pause.until).toISOString()}: ${pause.reason}`,
      );
    }
    if (counts.size === 0) terminal.err('Nothing is due.\n');
  });
}
