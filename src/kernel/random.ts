import { randomBytes, randomInt, randomUUIDv7 } from 'node:crypto';

/** A source of chance, handed in so that tests can make it repeatable. */
export interface Random {
  /** A new version 7 UUID: sorts by the time at which it was made. */
  uuid(): string;
  /** `bytes` random bytes as base64url. */
  token(bytes: number): string;
  /** A number from 0 up to, not including, 1. */
  fraction(): number;
}

export const systemRandom: Random = {
  uuid: () => randomUUIDv7(),
  token: (bytes) => randomBytes(bytes).toString('base64url'),
  fraction: () => randomInt(2 ** 32) / 2 ** 32,
};
