import type { Funnel } from '../funnel.ts';
import { parseInstant } from '../kernel/instant.ts';
import { isTimeZone } from '../sequence/calendar.ts';
import { rehearseLeadById } from '../sequence/rehearsal-of-lead.ts';
import { rehearse } from '../sequence/rehearsal.ts';
import type { Rehearsal } from '../sequence/rehearsal.ts';
import type { RehearsedEmail } from '../sequence/rehearsal-lines.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';

export type RehearseOptions = {
  readonly email?: string;
  readonly from?: string;
  readonly timezone?: string;
  readonly changes?: boolean;
  readonly json?: boolean;
};

/** `funnel rehearse`: which emails a lead gets and when, in her zone, and why one is skipped. Sends and changes nothing. */
export async function rehearseCommand(terminal: Terminal, options: RehearseOptions): Promise<void> {
  const ofNobody = options.from ?? options.timezone;
  if (options.changes === true && (options.email ?? ofNobody) !== undefined) {
    throw new CommandStop(EXIT.usage, '--changes is about everybody: leave out --email, --from, --timezone.');
  }
  if (options.email !== undefined && ofNobody !== undefined) {
    throw new CommandStop(
      EXIT.usage,
      '--from and --timezone are for a new lead; one with --email has her own.',
    );
  }
  if (options.changes === true) {
    const { rehearseChanges } = await import('./rehearse-changes.ts');
    return await rehearseChanges(terminal, options);
  }
  await withFunnel(terminal, async (funnel) => {
    const rehearsal =
      options.email === undefined
        ? ofNewLead(funnel, options)
        : await ofLead(terminal, funnel, options.email);
    if (options.json === true) {
      for (const email of rehearsal.emails) terminal.out(`${JSON.stringify(email)}\n`);
      return;
    }
    terminal.out(`Times in ${rehearsal.timeZone}\n`);
    for (const email of rehearsal.emails) terminal.out(`${lineOf(email)}\n`);
  });
}

function lineOf({ local, step, state, subject, otherSubject, note, posts }: RehearsedEmail): string {
  const asides = [
    ...(otherSubject === null ? [] : [`for half of the leads: ${otherSubject}`]),
    ...(posts === null || posts === '' ? [] : [`with ${posts}`]),
    ...(note === null ? [] : [note]),
  ];
  const aside = asides.length === 0 ? '' : `  (${asides.join('; ')})`;
  return `${(local ?? '–').padEnd(28)}${state.padEnd(9)}${step.padEnd(18)}${subject}${aside}`;
}

function ofNewLead({ content, timetable, clock }: Funnel, options: RehearseOptions): Rehearsal {
  const from = options.from === undefined ? clock.now() : parseInstant(options.from);
  if (from === null) {
    throw new CommandStop(
      EXIT.usage,
      `“${options.from}” is no date. Write it as 2026-11-23 or 2026-11-23T14:30:00Z.`,
    );
  }
  const timezone = options.timezone ?? null;
  if (timezone !== null && !isTimeZone(timezone)) {
    throw new CommandStop(EXIT.usage, `“${timezone}” is no time zone. Write it as Europe/London.`);
  }
  return rehearse({ content: content.current(), timetable: timetable(), from, timezone });
}

async function ofLead(terminal: Terminal, funnel: Funnel, email: string): Promise<Rehearsal> {
  const { content, timetable, clock, store } = funnel;
  const lead = await store.findLeadByEmail(email);
  const parts = { store, content: content.current(), timetable: timetable(), now: clock.now() };
  const rehearsal = lead === null ? null : await rehearseLeadById(parts, lead.leadId);
  if (rehearsal === null) throw new CommandStop(EXIT.failed, 'No lead has this address.');
  if (rehearsal.pause !== null) {
    terminal.err(`Sending is paused (${rehearsal.pause.reason}). The times are as if it went on now.\n`);
  }
  return rehearsal;
}
