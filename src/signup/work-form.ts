import { z } from 'zod';

/** A solved sum as the browser sends it: ALTCHA's payload (version 2), with what we had written into it. */
export type WorkPayload = z.output<typeof schema>;

/** Longer than any that we gave out, and short enough to be read without a thought. */
const LONGEST = 2000;

/** Reads the field `work`: base64 of JSON. Null for anything that has not the shape of ours. */
export function readWork(text: string): WorkPayload | null {
  if (text === '' || text.length > LONGEST) return null;
  const json = parsed(Buffer.from(text, 'base64').toString('utf8'));
  const found = schema.safeParse(json);
  return found.success ? found.data : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const hex = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[0-9a-f]+$/);
const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Strict, since the signature covers exactly what stands there. */
const schema = z.strictObject({
  challenge: z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal('PBKDF2/SHA-256'),
      cost: whole,
      data: z.strictObject({ form: z.string().max(100), until: whole }),
      keyLength: z.literal(32),
      keyPrefix: hex(64),
      keySignature: hex(64),
      nonce: hex(64),
      salt: hex(64),
    }),
    signature: hex(64),
  }),
  solution: z.strictObject({ counter: whole, derivedKey: hex(64) }),
});
