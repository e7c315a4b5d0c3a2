import type { FastifyReply } from 'fastify';

const POLICY = 'content-security-policy';

/** Lets this one page run the scripts among our files; all other pages run only what stands in them and is named by its hash. */
export function mayRunFiles(reply: FastifyReply): FastifyReply {
  const policy = String(reply.getHeader(POLICY));
  return reply.header(
    POLICY,
    policy.replace(/script-src ([^;]*)/, (_, scripts: string) =>
      scripts === "'none'" ? "script-src 'self'" : `script-src ${scripts} 'self'`,
    ),
  );
}
