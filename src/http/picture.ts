import type { FastifyReply } from 'fastify';
import { sendOnce } from './representation.ts';

/** Opened by itself an SVG is a document: it may use the styles and type that it brings along, and do nothing else. */
export const SVG_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** Sends a drawing that is the same for everybody who may see it. The browser keeps it for itself and asks each time whether it is still right. */
export function sendPicture(reply: FastifyReply, svg: string): FastifyReply {
  reply.header('content-security-policy', SVG_POLICY);
  return sendOnce(reply, { type: 'image/svg+xml', body: svg }, 'private, no-cache');
}
