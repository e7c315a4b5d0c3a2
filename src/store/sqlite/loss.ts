import type { Timetable } from '../../leads/timetable.ts';
import type { LostTime } from '../port.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { changeState } from './messages.ts';
import type { MessageRecord } from './messages.ts';

/** A time that the ledger knows nothing of, and what is known of it all the same. */
export type Loss = {
  readonly lost: LostTime;
  /** When somebody was stopped in that time: after that nothing went out to her. By row id of the lead. */
  readonly stoppedAt: ReadonlyMap<number, number>;
  /** The present instant: doubts are open for a day from here. */
  readonly at: number;
  readonly timetable: Timetable;
};

const REASON = 'may have gone out after the backup was made';

/** Nobody can tell whether it went out: no machine sends it again. */
export function doubt(ground: Ground, message: MessageRecord, loss: Loss): void {
  const { leadId, step } = message;
  const at = loss.stoppedAt.get(leadId) ?? loss.at;
  changeState(ground, message, 'in_doubt', {
    reason: REASON,
    endedAt: at,
    leaseToken: null,
    leaseUntil: null,
  });
  const detail = { step, reason: REASON };
  recordEvent(ground, { leadId, kind: 'message.in_doubt', actor: 'system', at, detail });
}

/** Until when something may have gone out to a lead. */
export function endFor({ lost, stoppedAt }: Loss, leadId: number): number {
  return Math.min(lost.to, stoppedAt.get(leadId) ?? Infinity);
}
