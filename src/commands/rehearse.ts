import type { Funnel } from '../funnel.ts';
import { parseInstant } from '../kernel/instant.ts';
import { isTimeZone } from '../sequence/calendar.ts';
import { rehearse, rehearseLead } from '../sequence/rehearsal.ts';
import type { Rehearsal } from '../sequence/rehearsal.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';

export type RehearseOptions = {
  readonly email?: string;
  readonly from?: string;
  readonly timezone?: string;
  readonly json?: boolean;
};

/** `funnel rehearse`: which emails a lead gets and when, in her zone, and why one is skipped. Sends and changes nothing. */
export async function rehearseCommand(terminal: Terminal, options: RehearseOptions): Promise<void> {
  if (options.email !== undefined && (options.from ?? options.timezone) !== undefined) {
    throw new CommandStop(
      EXIT.usage,
      '--from and --timezone are for a new lead; one with --email has her own.',
    );
  }
  await withFunnel(terminal, async (funnel) => {
    const rehearsal =
      options.email === undefined ? ofNewLead(funnel, options) : await ofLead(funnel, options.email);
    if (options.json === true) {
      for (const email of rehearsal.emails) terminal.out(`${JSON.stringify(email)}\n`);
      return;
    }
    terminal.out(`Times in ${rehearsal.timeZone}\n`);
    for (const { local, step, state, subject, note } of rehearsal.emails) {
      const why = note === null ? '' : `  (${note})`;
      terminal.out(`${(local ?? '–').padEnd(28)}${state.padEnd(9)}${step.padEnd(18)}${subject}${why}\n`);
    }
  });
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

async function ofLead({ content, timetable, clock, store }: Funnel, email: string): Promise<Rehearsal> {
  const lead = await store.findLeadByEmail(email);
  if (lead === null) throw new CommandStop(EXIT.failed, 'No lead has this address.');
  const [messages, found] = await Promise.all([
    store.messagesOf(lead.leadId),
    store.leadsPage({ q: lead.email }, { after: null, limit: 50, order: 'newest' }),
  ]);
  const asked = found.rows.find(({ leadId }) => leadId === lead.leadId)?.offers.at(-1);
  const open = ['planned', 'claimed'];
  const doneSteps = messages
    .filter(({ kind, state }) => kind === 'step' && !open.includes(state))
    .map(({ step }) => step);
  const inSequence = lead.followUp === 'active' || lead.followUp === 'paused';
  return rehearseLead({
    content: content.current(),
    timetable: timetable(),
    lead,
    messages,
    enrollment: inSequence
      ? { enrollmentId: '', leadId: lead.leadId, timezone: lead.timezone, pace: lead.pace, doneSteps }
      : null,
    offer: asked ?? content.current().offers[0]?.key ?? '',
    now: clock.now(),
  });
}
