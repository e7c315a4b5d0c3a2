/** One line of a check-up. `unknown`: it could not be checked, which says nothing against it. */
export type Check = {
  /** A word or two to call it by. */
  readonly name: string;
  readonly verdict: 'ok' | 'wrong' | 'unknown';
  readonly says: string;
  /** What to do next; null where there is nothing to do. */
  readonly remedy: string | null;
  /** Public ids of what is meant, a few of them; never an address. */
  readonly ids?: readonly string[];
};

/** @param remedy for what is well and could still be better. */
export function ok(name: string, says: string, remedy: string | null = null): Check {
  return { name, verdict: 'ok', says, remedy };
}

export function wrong(name: string, says: string, remedy: string, ids: readonly string[] = []): Check {
  return { name, verdict: 'wrong', says, remedy, ...(ids.length === 0 ? {} : { ids }) };
}

export function unknown(name: string, says: string, remedy: string | null = null): Check {
  return { name, verdict: 'unknown', says, remedy };
}

/** `1 email`, `3 emails`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
