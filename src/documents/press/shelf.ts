/** Keeps what is costly to make; the longest unused goes first, and all of it after a while where a lifetime is given. */
export interface Shelf<T> {
  /** What is there, or what `make` makes of it: once, however many ask at the same time. A failure is not kept. */
  get(key: string, make: () => Promise<T>): Promise<T>;
}

/** @param lifetime milliseconds. */
export function createShelf<T>(most: number, lifetime: number | null = null): Shelf<T> {
  const kept = new Map<string, Promise<T>>();
  return {
    get: (key, make) => {
      const known = kept.get(key);
      const found = known ?? make();
      // Taken out and put in again: a Map keeps the order of putting in.
      kept.delete(key);
      kept.set(key, found);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      if (known === undefined) {
        const forget = () => void (kept.get(key) === found && kept.delete(key));
        found.catch(forget);
        if (lifetime !== null) setTimeout(forget, lifetime).unref();
      }
      return found;
    },
  };
}
