import { unknown } from '../kernel/check.ts';
import type { Check } from '../kernel/check.ts';
import { codeOf } from '../kernel/fault.ts';

/** What is asked of the DNS. A name that does not exist has no records; a method rejects when nobody can tell. */
export interface Records {
  /** Each record as one text. */
  txt(name: string): Promise<readonly string[]>;
  /** Names of the servers, the preferred one first. */
  mx(name: string): Promise<readonly string[]>;
  /** Whether it has an A or AAAA record. */
  hasAddress(name: string): Promise<boolean>;
}

/** A DNS that does not answer is no fault of the domain. */
export async function orUnknown(name: string, check: () => Promise<Check>): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    const code = codeOf(error) ?? 'unknown';
    return unknown(name, `The DNS does not answer (${code}).`);
  }
}

export function isUnder(domain: string, above: string): boolean {
  return domain === above || domain.endsWith(`.${above}`);
}
