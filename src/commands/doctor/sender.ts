import { agoInWords } from '../../desk/health.ts';
import { counted, ok, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import { DAY, MINUTE } from '../../kernel/clock.ts';
import type { SenderPause } from '../../sequence/port.ts';
import type { SenderTroubles } from '../../store/port.ts';
import type { Patient } from './patient.ts';

const OVERDUE_AFTER = 15 * MINUTE;
const LOOK_BACK = 7 * DAY;

/** What keeps emails back, and what became of those that did not go out. */
export async function senderChecks({ store, clock, isServing }: Patient): Promise<readonly Check[]> {
  if (store === null) return [];
  const now = clock.now();
  const pause = await store.senderPause(now);
  const overdue = await store.countOverdue(now, OVERDUE_AFTER);
  const troubles = await store.senderTroubles(now - LOOK_BACK);
  return [
    pauseCheck(pause, now),
    overdueCheck(overdue, pause, isServing),
    doubtCheck(troubles, now),
    failedCheck(troubles),
    staleCheck(troubles),
  ];
}

function pauseCheck(pause: SenderPause | null, now: number): Check {
  if (pause === null) return ok('pause', 'Sending is not paused.');
  const says = `Sending was paused ${agoInWords(pause.since, now)}: ${pause.reason}`;
  switch (pause.kind) {
    case 'rate':
    case 'unreachable':
      return ok('pause', `${says}. It ends by itself.`);
    case 'coach':
      return ok(
        'pause',
        `${says}. It lasts until you resume.`,
        'Resume on the desk when you want emails to go out again.',
      );
    case 'account':
      return wrong(
        'pause',
        `${says}.`,
        'Mend it at the provider (key, domain, quota); one email is tried every 10 minutes, and the first that is taken ends the pause.',
      );
    case 'restored':
      return wrong(
        'pause',
        `${says}.`,
        'Look at the emails in doubt on the desk, then resume there, or by “funnel send --resume”.',
      );
  }
}

function overdueCheck(overdue: number, pause: SenderPause | null, isServing: boolean): Check {
  if (overdue === 0) return ok('overdue', 'No email waits for longer than it should.');
  const says = `${counted(overdue, 'email')} ${overdue === 1 ? 'waits' : 'wait'} for more than 15 minutes`;
  if (pause !== null) return ok('overdue', `${says}, because sending is paused.`);
  return wrong(
    'overdue',
    `${says}.`,
    isServing ? 'Look at the log of the server.' : 'Start the server, or run “funnel send”.',
  );
}

function doubtCheck({ doubts }: SenderTroubles, now: number): Check {
  if (doubts.length === 0) return ok('in doubt', 'No email is in doubt.');
  const old = doubts.filter(({ since }) => now - since > DAY);
  const says = `${counted(doubts.length, 'email')} of which nobody can tell whether ${doubts.length === 1 ? 'it' : 'they'} went out`;
  if (old.length === 0)
    return ok(
      'in doubt',
      `${says}.`,
      'Say on the desk whether it arrived or is to be sent again; after a day it counts as gone out.',
    );
  return wrong(
    'in doubt',
    `${says}, ${old.length} of them for longer than a day.`,
    'The sender closes them when it runs: start the server, or run “funnel send”.',
    old.slice(0, 5).map(({ messageId }) => messageId),
  );
}

/** What the provider finds wrong with us and not with one reader; the words are Resend's. */
const OUR_FAULT =
  /\b(invalid_from_address|missing_required_field|invalid_attachment|invalid_parameter|invalid_access|invalid_region|security_error|invalid_idempotency_key)\b/;

function failedCheck({ failed, submitted }: SenderTroubles): Check {
  const total = failed.reduce((sum, { count }) => sum + count, 0);
  if (total === 0)
    return ok('failed', `No email failed in the last 7 days; ${submitted.toLocaleString('en')} went out.`);
  const reasons = failed.slice(0, 5).map(({ reason, count }) => `${count} × ${reason}`);
  const says = `${counted(total, 'email')} failed in the last 7 days, ${submitted.toLocaleString('en')} went out: ${reasons.join('; ')}.`;
  const ids = failed.slice(0, 5).map(({ messageId }) => messageId);
  const ours = failed.find(({ reason }) => OUR_FAULT.test(reason));
  if (ours !== undefined) return wrong('failed', says, remedyFor(ours.reason), ids);
  return total > Math.max(2, submitted / 10)
    ? wrong(
        'failed',
        says,
        'So many are no accident: look at these emails on the desk, and at the provider’s own log.',
        ids,
      )
    : ok('failed', says, 'Look at these people on the desk: mostly their addresses are mistyped.');
}

function remedyFor(reason: string): string {
  return reason.includes('invalid_from_address')
    ? 'Set MAIL_FROM, or mail.from in site.yaml, to an address of the domain that is verified at the provider.'
    : 'The provider refuses what we hand over: look at these emails on the desk, and at the provider’s own log.';
}

function staleCheck({ stale }: SenderTroubles): Check {
  if (stale.length === 0) return ok('stale', 'No sequence was stopped as stale in the last 7 days.');
  const says = `${counted(stale.length, 'sequence was', 'sequences were')} stopped as stale in the last 7 days: more than 14 days behind.`;
  return ok('stale', says, 'The desk shows them; a person can come back by a new tick.');
}
