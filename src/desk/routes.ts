import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import { DAY } from '../kernel/clock.ts';
import type { Content } from '../content/model.ts';
import { LEAD_STATUSES } from '../kernel/words.ts';
import { formFields } from '../http/forms.ts';
import { exportLeads } from '../leads/export.ts';
import { parseFilter } from '../leads/filter.ts';
import type { LeadCursor, LeadStore } from '../leads/port.ts';
import { tellClicks } from '../leads/told-clicks.ts';
import { tellLargestLoss, tellPresses } from '../leads/told-loss.ts';
import type { SignupStore } from '../signup/port.ts';
import type { Random } from '../kernel/random.ts';
import { cameFrom, sourceLines } from './came-from.ts';
import type { DeskPages } from './pages.ts';
import { funnelSteps } from './numbers-view.ts';
import { readCursor, writeCursor } from './paging.ts';
import type { HealthStore } from './port.ts';
import { senderSummary } from './sender-summary.ts';

export type DeskRouteParts = {
  readonly store: LeadStore & SignupStore & Pick<HealthStore, 'senderPause' | 'countDoubts'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly content: () => Content;
  readonly pages: DeskPages;
  readonly wake: () => void;
};

type HeldRequest = FastifyRequest<{ Params: { signupId: string } }>;

const PAGE = 50;
/** Machines can fill the list; the newest are those that somebody may be waiting for. */
const HELD_SHOWN = 50;
const HTML = 'text/html; charset=utf-8';

/** What the coach sees and does: the numbers, the list of leads, the CSV. */
export function deskRoutes(parts: DeskRouteParts) {
  const { store, clock, random, content, pages, wake } = parts;
  return {
    numbers: async (_request: FastifyRequest, reply: FastifyReply) => {
      // The present instant included.
      const to = clock.now() + 1;
      const [month, week, held, demo, sender] = await Promise.all([
        store.funnelNumbers({ from: to - 30 * DAY, to }),
        store.funnelNumbers({ from: to - 7 * DAY, to }),
        store.heldSignups(HELD_SHOWN),
        store.leadsPage({}, { after: null, limit: 1, order: 'newest', demo: true }),
        senderSummary(store, clock.now(), content().site),
      ]);
      const html = pages.html(
        'numbers',
        { title: 'Numbers', here: 'numbers' },
        {
          sender,
          month,
          week,
          held,
          heldInAll: month.held,
          steps: funnelSteps(month),
          sources: sourceLines(month.sources),
          clicks: tellClicks(month),
          presses: tellPresses(month),
          loss: tellLargestLoss(month),
          hasDemo: demo.rows.length > 0,
        },
      );
      return reply.type(HTML).send(html);
    },

    leads: async (request: FastifyRequest, reply: FastifyReply) => {
      const { after, ...input } = formFields(request.query);
      const parsed = parseFilter(input);
      const cursor = readCursor(after);
      const { page, total } = parsed.ok
        ? await leadsOf(parsed.filter, cursor)
        : { page: { rows: [], next: null }, total: 0 };
      const chosen = Object.fromEntries(FILTERS.map((name) => [name, input[name] ?? '']));
      const query = new URLSearchParams(
        Object.entries(chosen).filter(([, value]) => value !== ''),
      ).toString();
      const html = pages.html(
        'leads',
        { title: parsed.ok ? 'Leads' : 'Error: leads', here: 'leads' },
        {
          rows: page.rows.map((row) => ({ ...row, cameFrom: cameFrom(row.first) })),
          total,
          problems: parsed.ok ? [] : parsed.problems,
          chosen,
          query,
          olderHref:
            page.next === null ? null : `/admin/leads?${joined(query, `after=${writeCursor(page.next)}`)}`,
          paged: cursor !== null,
          statuses: LEAD_STATUSES,
          offers: content().offers.map(({ key, title }) => ({ key, title })),
        },
      );
      return reply
        .code(parsed.ok ? 200 : 422)
        .type(HTML)
        .send(html);
    },

    csv: async (request: FastifyRequest, reply: FastifyReply) => {
      const parsed = parseFilter(formFields(request.query));
      if (!parsed.ok)
        return reply.code(422).type('text/plain; charset=utf-8').send(parsed.problems.join('\n'));
      const day = new Date(clock.now()).toISOString().slice(0, 10);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="leads-${day}.csv"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(exportLeads(store, parsed.filter, 'csv')));
    },

    releaseHeld: async (request: HeldRequest, reply: FastifyReply) => {
      const ids = { leadId: random.uuid(), messageId: random.uuid() };
      const { limits } = content().site;
      const outcome = await store.releaseHeld(request.params.signupId, limits, ids, clock.now());
      if (outcome === 'released') wake();
      return outcome === 'released' ? reply.redirect('/admin', 303) : reply.callNotFound();
    },
  };

  async function leadsOf(filter: Parameters<LeadStore['countLeads']>[0], after: LeadCursor | null) {
    const [page, total] = await Promise.all([
      store.leadsPage(filter, { after, limit: PAGE, order: 'newest' }),
      store.countLeads(filter),
    ]);
    return { page, total };
  }
}

const FILTERS = ['q', 'status', 'offer', 'source', 'from', 'to'] as const;

function joined(...queries: readonly string[]): string {
  return queries.filter((query) => query !== '').join('&');
}
