import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { DAY, MINUTE, SECOND } from './clock.ts';
import { packUuid, unpackUuid } from './uuid.ts';

/** Links that stay good as long as an email may lie in somebody's inbox. */
type LastingPurpose = 'unsubscribe' | 'not_me';
type PassingPurpose = 'download' | 'preferences' | 'data' | 'erase';
export type TokenPurpose = LastingPurpose | PassingPurpose | 'read';

/**
 * What a link allows. `id` is a UUID: of a signup for `download` and `not_me`, of a message for `read`, else of a lead.
 * `expiresAt` is in UTC milliseconds, kept to the second (rounded up).
 */
export type TokenClaim =
  | { readonly purpose: LastingPurpose; readonly id: string }
  | { readonly purpose: PassingPurpose; readonly id: string; readonly expiresAt: number }
  | { readonly purpose: 'read'; readonly id: string; readonly slug: string; readonly expiresAt: number };

/** `expired`: genuine, so that it may be renewed. `slug` is empty but for `read`. */
type TokenReading =
  | { readonly kind: 'valid'; readonly id: string; readonly slug: string }
  | { readonly kind: 'expired'; readonly id: string; readonly slug: string }
  | { readonly kind: 'invalid' };

export interface Tokens {
  /** 52 characters, some more for `read`; safe in a path as it is. */
  mint(claim: TokenClaim): string;
  /** Anything but the one spelling of a token of ours for this very purpose is `invalid`, without a word why. */
  read(purpose: TokenPurpose, token: string, now: number): TokenReading;
}

/** How long links are good, in milliseconds. That of a download is a content setting (`link_days`). */
export const PREFERENCES_LIFETIME = 365 * DAY;
export const READ_LIFETIME = 365 * DAY;
/** Short, since whoever is forwarded this email could act for the reader. */
export const DATA_LIFETIME = 15 * MINUTE;

/** @param secrets at least one, 32 bytes or more each; the first signs, all verify. */
export function createTokens(secrets: readonly string[]): Tokens {
  const keys = secrets.map(toKey);
  const [signer] = keys;
  if (signer === undefined) throw new Error('Tokens need at least one secret.');
  return {
    mint: (claim) => {
      const body = pack(claim, signer);
      return Buffer.concat([body, sign(body, signer)]).toString('base64url');
    },
    read: (purpose, token, now) => {
      const bytes = decode(token);
      if (bytes === null) return INVALID;
      const body = bytes.subarray(0, -MAC_BYTES);
      const mac = bytes.subarray(-MAC_BYTES);
      const genuine = keys.some((key) => key.id === body[1] && timingSafeEqual(mac, sign(body, key)));
      if (!genuine || body[0] !== VERSION || body[2] !== PURPOSES[purpose]) return INVALID;
      return unpack(body, now);
    },
  };
}

type Key = { readonly bytes: Uint8Array; readonly id: number };

const VERSION = 1;
/** On the wire: never change a number, never give one to another purpose. */
const PURPOSES = {
  download: 1,
  unsubscribe: 2,
  not_me: 3,
  preferences: 4,
  data: 5,
  erase: 6,
  read: 7,
} as const;
const HEAD_BYTES = 7;
const MAC_BYTES = 16;
const LONGEST_SLUG = 200;
const INVALID = { kind: 'invalid' } as const;

/** Derived, so that the same secret may serve other ends; one byte of a hash tells nothing about the key. */
function toKey(secret: string): Key {
  const bytes = createHmac('sha256', secret).update('links in emails, version 1').digest();
  return { bytes, id: createHash('sha256').update(bytes).digest()[0] ?? 0 };
}

function sign(body: Uint8Array, key: Key): Uint8Array {
  // 16 of 32 bytes: 128 bits cannot be guessed over HTTP, and the links stay short (RFC 2104, section 5).
  return createHmac('sha256', key.bytes).update(body).digest().subarray(0, MAC_BYTES);
}

/** version | key | purpose | expiry in seconds, 0 for never (4 bytes, good until 2106) | UUID | slug */
function pack(claim: TokenClaim, key: Key): Uint8Array {
  const head = Buffer.alloc(HEAD_BYTES);
  head.set([VERSION, key.id, PURPOSES[claim.purpose]]);
  if ('expiresAt' in claim) head.writeUInt32BE(Math.max(1, Math.ceil(claim.expiresAt / SECOND)), 3);
  const slug = claim.purpose === 'read' ? claim.slug : '';
  if (slug.length > LONGEST_SLUG)
    throw new Error(`A slug of ${slug.length} characters is too long for a link.`);
  return Buffer.concat([head, packUuid(claim.id), Buffer.from(slug)]);
}

function unpack(body: Buffer, now: number): TokenReading {
  const expiry = body.readUInt32BE(3) * SECOND;
  const id = unpackUuid(body.subarray(HEAD_BYTES, HEAD_BYTES + 16));
  const slug = body.subarray(HEAD_BYTES + 16).toString();
  return { kind: expiry !== 0 && now >= expiry ? 'expired' : 'valid', id, slug };
}

/** Node reads base64url leniently (padding, `+`, stray bits at the end): only what encodes to itself again counts. */
function decode(token: string): Buffer | null {
  if (token.length > 400) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length < HEAD_BYTES + 16 + MAC_BYTES) return null;
  return bytes.toString('base64url') === token ? bytes : null;
}
