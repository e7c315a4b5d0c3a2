import { Resolver } from 'node:dns/promises';
import { SECOND } from '../../kernel/clock.ts';
import type { Records } from '../../mail/records.ts';
import { hasCode } from '../../kernel/fault.ts';

/** The machine's DNS, asked with little patience. */
export function createRecords(): Records {
  const resolver = new Resolver({ timeout: 2 * SECOND, tries: 2 });
  return {
    txt: async (name) => (await orNone(resolver.resolveTxt(name))).map((parts) => parts.join('')),
    mx: async (name) =>
      (await orNone(resolver.resolveMx(name)))
        .toSorted((one, other) => one.priority - other.priority)
        .map(({ exchange }) => exchange),
    hasAddress: async (name) =>
      (await orNone(resolver.resolve4(name))).length > 0 ||
      (await orNone(resolver.resolve6(name))).length > 0,
  };
}

/** No such name, and a name without such records, are answers. */
async function orNone<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked;
  } catch (error) {
    if (hasCode(error, 'ENOTFOUND') || hasCode(error, 'ENODATA')) return [];
    throw error;
  }
}
