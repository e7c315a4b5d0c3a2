import { describe, expect, test, vi } from 'vitest';
import { createShelf } from '../../src/documents/press/shelf.ts';

describe('a shelf', () => {
  test('makes a thing once, however many ask', async () => {
    const shelf = createShelf<number>(3);
    let made = 0;
    const make = async () => (made += 1);
    expect(await Promise.all([shelf.get('a', make), shelf.get('a', make), shelf.get('a', make)])).toEqual([
      1, 1, 1,
    ]);
    expect(made).toBe(1);
  });

  test('lets go of what has not been used for longest', async () => {
    const shelf = createShelf<string>(2);
    const made: string[] = [];
    const get = async (key: string) =>
      await shelf.get(key, async () => {
        made.push(key);
        return key;
      });
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  test('keeps no failure', async () => {
    const shelf = createShelf<string>(2);
    await expect(shelf.get('a', async () => Promise.reject(new Error('not now')))).rejects.toThrow('not now');
    expect(await shelf.get('a', async () => 'now')).toBe('now');
  });

  test('lets go of all after its lifetime', async () => {
    vi.useFakeTimers();
    try {
      const shelf = createShelf<number>(2, 1000);
      let count = 0;
      const get = async () => await shelf.get('a', async () => (count += 1));
      expect([await get(), await get()]).toEqual([1, 1]);
      vi.advanceTimersByTime(1001);
      expect(await get()).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
