import type { Log } from '../kernel/log.ts';
import type { SendOutcome } from './port.ts';

/** What became of one message, for `funnel send` and the log. */
export type SendReport = {
  readonly messageId: string;
  readonly step: string;
  readonly kind:
    'submitted' | 'skipped' | 'postponed' | 'retry' | 'failed' | 'bounced' | 'in_doubt' | 'paused';
  readonly reason: string | null;
  /** When it comes up again, UTC milliseconds: for `postponed`, `retry` and `paused`. */
  readonly until: number | null;
};

/** Ids and outcome only: nothing of the lead. */
export function logReport(log: Log, report: SendReport): void {
  const isBad = report.kind === 'failed' || report.kind === 'in_doubt' || report.kind === 'paused';
  log[isBad ? 'warn' : 'info'](report, `email ${report.kind}`);
}

export function reportOf(
  { messageId, step }: { readonly messageId: string; readonly step: string },
  outcome: SendOutcome,
): SendReport {
  const ids = { messageId, step };
  switch (outcome.kind) {
    case 'submitted':
      return { ...ids, kind: 'submitted', reason: null, until: null };
    case 'rejected':
      return { ...ids, kind: 'failed', reason: outcome.reason, until: null };
    case 'bounced':
    case 'in_doubt':
      return { ...ids, kind: outcome.kind, reason: outcome.reason, until: null };
    case 'retry':
      return { ...ids, kind: 'retry', reason: outcome.reason, until: outcome.at };
    case 'pause':
      return { ...ids, kind: 'paused', reason: outcome.reason, until: outcome.until };
  }
}
