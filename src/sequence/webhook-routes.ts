import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import { REMINDER_AFTER } from '../kernel/ledger.ts';
import type { Log } from '../kernel/log.ts';
import type { Random } from '../kernel/random.ts';
import type { Timetable } from '../leads/timetable.ts';
import type { SignedPost, WebhookCheck } from '../mail/resend-webhook.ts';
import type { ReportStore } from './reports-port.ts';
import { readReport } from './webhook.ts';

export type WebhookParts = {
  /** Null: there is no secret to check with. */
  readonly check: WebhookCheck | null;
  readonly store: ReportStore;
  readonly clock: Clock;
  readonly random: Pick<Random, 'uuid'>;
  readonly timetable: () => Timetable;
  readonly log: Log;
};

type RawRequest = FastifyRequest<{ Body: string | undefined }>;

/** What Resend tells of emails after it took them. */
export function webhookRoutes({ check, store, clock, random, timetable, log }: WebhookParts) {
  return {
    /** 200 is said after the commit, stops in the journal included. Anything but a 2xx makes Resend post the event again. */
    resend: async (request: RawRequest, reply: FastifyReply) => {
      if (check === null) return answer(reply, 503, 'unavailable', 'RESEND_WEBHOOK_SECRET is not set.');
      const post = signedPost(request);
      const verified = await check(post);
      if (!verified.ok) {
        log.warn({ request: request.id, reason: verified.reason }, 'a webhook was refused');
        return answer(reply, 400, 'refused', 'The signature is missing, wrong or too old.');
      }
      const report = readReport(post.id, verified.event);
      if (report === null) return answer(reply, 200, 'ok');
      const at = clock.now();
      const reminder = { messageId: random.uuid(), dueAt: at + REMINDER_AFTER };
      const outcome = await store.applyReport(report, { at, timetable: timetable(), reminder });
      const { eventId, kind, messageId } = report;
      // A tag that is none of ours may hold anything: other programs may share the provider's account.
      const ids = outcome === 'no_message' ? { event: eventId } : { event: eventId, messageId };
      log.info({ ...ids, kind, outcome }, 'the provider told of an email');
      return answer(reply, 200, 'ok');
    },
  };
}

function answer(
  reply: FastifyReply,
  code: 200 | 400 | 503,
  status: 'ok' | 'refused' | 'unavailable',
  ...reasons: readonly string[]
): FastifyReply {
  const body = reasons.length === 0 ? { status } : { status, reasons };
  return reply.code(code).header('cache-control', 'no-store').send(body);
}

/** What is missing is empty, which no signature covers. */
function signedPost({ headers, body }: RawRequest): SignedPost {
  const text = (name: string) => headers[name]?.toString() ?? '';
  return {
    payload: body ?? '',
    id: text('svix-id'),
    timestamp: text('svix-timestamp'),
    signature: text('svix-signature'),
  };
}
