import type { FastifyReply } from 'fastify';

const POLICY = 'content-security-policy';

/** Lets this one page show other pages of ours in a frame; nothing else of its policy changes. */
export function mayFrameOurs(reply: FastifyReply): FastifyReply {
  return reply.header(POLICY, `${String(reply.getHeader(POLICY))}; frame-src 'self'`);
}

/**
 * For an email shown in a frame of ours. Its styles stand in its attributes, as mail programs want them, so they cannot be named
 * by a hash. In return it may do nothing else: no script, no form, no image, no other page around it, and an origin of its own.
 */
export function asFramedEmail(reply: FastifyReply): FastifyReply {
  return reply
    .header(
      POLICY,
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox",
    )
    .header('x-frame-options', 'SAMEORIGIN');
}
