import type { FastifyReply } from 'fastify';

const POLICY = 'content-security-policy';

/** Lets this one page show other pages of ours in a frame; nothing else of its policy changes. */
export function mayFrameOurs(reply: FastifyReply): FastifyReply {
  return reply.header(POLICY, `${String(reply.getHeader(POLICY))}; frame-src 'self'`);
}

/**
 * For an email, or a form for another site, shown in a frame of ours. Its styles stand in its attributes, as it will be used, so they
 * cannot be named by a hash. In return it may do nothing else: no script, no form, no image, no other page around it, and an origin of its own.
 */
export function asFramedPreview(reply: FastifyReply): FastifyReply {
  return reply
    .header(
      POLICY,
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox",
    )
    .header('x-frame-options', 'SAMEORIGIN');
}
