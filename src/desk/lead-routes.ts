import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Content } from '../content/model.ts';
import type { Clock } from '../kernel/clock.ts';
import { formFields } from '../http/forms.ts';
import { momentPlace, tellDay } from '../leads/moments.ts';
import type { LeadStore } from '../leads/port.ts';
import type { Timetable } from '../leads/timetable.ts';
import type { SequenceStore } from '../sequence/port.ts';
import { rehearseLeadById } from '../sequence/rehearsal-of-lead.ts';
import { noticeOf } from './emails-notices.ts';
import { followUpInWords, leadCalendar } from './lead-calendar.ts';
import type { DeskPages } from './pages.ts';
import type { EmailsStore } from './port.ts';
import { doubtTold } from './state-words.ts';
import { storyOf } from './words.ts';

export type LeadRouteParts = {
  readonly store: LeadStore & EmailsStore & Pick<SequenceStore, 'senderPause'>;
  readonly clock: Clock;
  readonly content: () => Content;
  readonly timetable: () => Timetable;
  readonly pages: DeskPages;
};

type LeadRequest = FastifyRequest<{ Params: { leadId: string } }>;

/** The page of one lead. */
export function leadRoutes({ store, clock, content, timetable, pages }: LeadRouteParts) {
  return {
    lead: async (request: LeadRequest, reply: FastifyReply) => {
      const { leadId } = request.params;
      const now = clock.now();
      const known = { store, content: content(), timetable: timetable(), now };
      const rehearsal = await rehearseLeadById(known, leadId);
      if (rehearsal === null) return reply.callNotFound();
      const { lead } = rehearsal;
      const [entries, messages, consents, doubts] = await Promise.all([
        store.timeline(leadId),
        store.messagesOf(leadId),
        store.consentReceipts(leadId),
        store.doubtsOf(leadId),
      ]);
      const { site } = content();
      const place = momentPlace(lead.timezone, site);
      const html = pages.html(
        'lead',
        { title: lead.firstName, here: 'leads' },
        {
          notice: noticeOf(formFields(request.query)),
          lead,
          situation: site.situations.find(({ key }) => key === lead.situation)?.label ?? lead.situation,
          followUp: followUpInWords(lead, (at) => tellDay(at, place)),
          doubts: doubts.map((doubt) => doubtTold(doubt, place)),
          calendar: leadCalendar(rehearsal, messages, doubts, site.language),
          timeZone: rehearsal.timeZone,
          isPaused: rehearsal.pause !== null,
          isOwnZone: rehearsal.timeZone === lead.timezone,
          consents,
          timeline: entries.map((entry) => storyOf(entry, place)),
        },
      );
      return reply.type('text/html; charset=utf-8').send(html);
    },

    stopFollowUp: async (request: LeadRequest, reply: FastifyReply) => {
      const { leadId } = request.params;
      const outcome = await store.changePreferences(
        leadId,
        { kind: 'stop', reason: 'stopped_by_coach' },
        { at: clock.now(), place: `/admin/leads/${leadId}`, timetable: timetable() },
      );
      return outcome === 'no_lead' ? reply.callNotFound() : reply.redirect(`/admin/leads/${leadId}`, 303);
    },
  };
}
