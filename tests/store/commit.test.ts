import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCommit } from '../../src/store/sqlite/commit.ts';
import type { Commit } from '../../src/store/sqlite/commit.ts';
import { openStopJournal } from '../../src/store/sqlite/journal.ts';
import { freshFolder, freshStore, newSignup, LIMITS, NO_LIMITS, uuid } from '../support/store.ts';

function bench(): { raw: Database.Database; commit: Commit; count: () => unknown } {
  const folder = freshFolder();
  const raw = new Database(join(folder, 'a.db'), { timeout: 50 });
  onTestFinished(() => void raw.close());
  raw.pragma('journal_mode = wal');
  raw.exec(
    'create table t (n integer unique check (n < 1000)); create table u (n references v (n) deferrable initially deferred); create table v (n primary key)',
  );
  const { commit } = createCommit(raw, openStopJournal(folder));
  return { raw, commit, count: () => raw.prepare('select count(*) from t').pluck().get() };
}

describe('changes that wait at the same moment', () => {
  it('share one transaction', async () => {
    const { raw, commit, count } = bench();
    const version = () => raw.pragma('data_version', { simple: true });
    const other = new Database(raw.name);
    onTestFinished(() => void other.close());
    const before = other.pragma('data_version', { simple: true });
    const seen: unknown[] = [];
    await Promise.all(
      [1, 2, 3].map(async (n) => {
        await commit(() => void raw.prepare('insert into t values (?)').run(n));
        seen.push(count(), other.prepare('select count(*) from t').pluck().get());
      }),
    );
    // Each saw all three, in the file and not only in its own transaction: it was answered after the one COMMIT.
    expect(seen).toEqual([3, 3, 3, 3, 3, 3]);
    expect(other.pragma('data_version', { simple: true })).not.toBe(before);
    expect(version()).toBeDefined();
  });

  it('sink alone: one that fails does not touch the others', async () => {
    const { raw, commit, count } = bench();
    const insert = (n: number) => commit(() => raw.prepare('insert into t values (?)').run(n).changes);
    const bug = commit((): void => {
      raw.prepare('insert into t values (77)').run();
      throw new Error('a bug');
    });
    const results = await Promise.allSettled([insert(1), insert(1), bug, insert(5000), insert(2)]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(count()).toBe(2);
  });

  it('are tried alone when the transaction fails as a whole', async () => {
    const { raw, commit, count } = bench();
    const results = await Promise.allSettled([
      commit(() => void raw.prepare('insert into t values (1)').run()),
      // Fails at COMMIT only: a deferred reference to nothing.
      commit(() => void raw.prepare('insert into u values (1)').run()),
      commit(() => void raw.prepare('insert into t values (2)').run()),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(count()).toBe(2);
    expect(raw.inTransaction).toBe(false);
  });

  it('are refused while another program holds the lock, and go on afterwards', async () => {
    const { raw, commit, count } = bench();
    const other = new Database(raw.name);
    onTestFinished(() => void other.close());
    other.exec('begin immediate');
    const before = performance.now();
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => commit(() => 1)));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['rejected']));
    // One wait for all and not one for each: the wait holds the event loop.
    expect(performance.now() - before).toBeLessThan(1000);
    other.exec('rollback');
    await commit(() => void raw.prepare('insert into t values (1)').run());
    expect(count()).toBe(1);
  });

  it('must be synchronous: a promise is refused by the types and at run time', async () => {
    const { raw, commit, count } = bench();
    const late = async () => void raw.prepare('insert into t values (1)').run();
    // @ts-expect-error a job that returns a promise does not compile
    await expect(commit(late)).rejects.toThrow(/synchronous/);
    expect(count()).toBe(0);
  });
});

it('fifty signups at once are all stored', async () => {
  const { store } = freshStore();
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      store.recordSignup(newSignup({ email: `p${n}@example.com` }), NO_LIMITS, { messageId: uuid() }),
    ),
  );
  expect(outcomes.every((outcome) => outcome.kind === 'recorded' && outcome.mail === 'queued')).toBe(true);
  expect((await store.facts()).rows).toMatchObject({
    leads: 50,
    signups: 50,
    messages: 50,
    attributions: 100,
  });
});

it('twenty signups of one address at once make one lead and one email', async () => {
  const { store } = freshStore();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () =>
      store.recordSignup(newSignup(), { ...LIMITS, networkPerHour: 100 }, { messageId: uuid() }),
    ),
  );
  expect(outcomes.filter((outcome) => outcome.kind === 'recorded' && outcome.mail === 'queued')).toHaveLength(
    1,
  );
  expect((await store.facts()).rows).toMatchObject({ leads: 1, signups: 20, messages: 1 });
});
