import type { FastifyReply, FastifyRequest } from 'fastify';

/** How the service is, in the words of the room that knows. */
export type Readiness = {
  readonly ready: boolean;
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
};

/** What monitors ask. */
export function machineRoutes(readiness: () => Promise<Readiness>) {
  return {
    healthz: async (_request: FastifyRequest, reply: FastifyReply) =>
      reply.header('cache-control', 'no-store').send({ status: 'ok' }),

    readyz: async (_request: FastifyRequest, reply: FastifyReply) => {
      const { ready, faults, warnings } = await readiness();
      reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
      if (!ready) return reply.send({ status: 'unavailable', reasons: faults });
      return reply.send(warnings.length === 0 ? { status: 'ok' } : { status: 'degraded', reasons: warnings });
    },
  };
}
