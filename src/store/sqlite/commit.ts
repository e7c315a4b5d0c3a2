import Database from 'better-sqlite3';
import type { StopJournal } from './journal.ts';

/** A change as a synchronous function. One that returns a promise does not compile: its work would run after the COMMIT. */
type Job<T> = (() => T) & (T extends PromiseLike<unknown> ? never : unknown);
/** Runs a change durably: the promise resolves after COMMIT, or rejects and the change did not happen. */
export type Commit = <T>(job: Job<T>) => Promise<T>;

type Waiting = {
  readonly job: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
};
type Result<T = unknown> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/**
 * Group commit: changes that wait in the same turn of the event loop share one IMMEDIATE transaction and so one flush of
 * the disk, which is what a signup costs. One that throws is undone and rejected alone. A change may be run again, up to
 * three times, so it must do nothing but read and write the database and note stops.
 */
export function createCommit(
  raw: Database.Database,
  journal: StopJournal,
): { readonly commit: Commit; readonly flush: () => void } {
  const frame: Frame = { journal, raw, ...preparedFrame(raw) };
  let waiting: Waiting[] = [];

  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const results = runBatch(frame, batch);
    for (const [i, one] of batch.entries()) {
      const result = results[i];
      if (result?.ok === true) one.resolve(result.value);
      else one.reject(result?.error);
    }
  };

  const commit: Commit = <T>(job: Job<T>) =>
    new Promise<T>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ job, resolve: (result) => resolve(result as T), reject });
    });

  return { commit, flush };
}

type Frame = { readonly raw: Database.Database; readonly journal: StopJournal } & ReturnType<
  typeof preparedFrame
>;

/** Prepared once: parsed anew, these few words would be a tenth of a signup. */
function preparedFrame(raw: Database.Database) {
  const prepared = (sql: string) => {
    const statement = raw.prepare<[]>(sql);
    return () => void statement.run();
  };
  return {
    begin: prepared('begin immediate'),
    commit: prepared('commit'),
    rollback: prepared('rollback'),
    save: prepared('savepoint job'),
    release: prepared('release job'),
    undo: prepared('rollback to job'),
  };
}

/**
 * First without savepoints: each would copy every page that its change touches, and changes hardly ever throw. When one
 * did, all again with savepoints; when the transaction fails as a whole (at COMMIT, or a full disk), each by itself.
 */
function runBatch(frame: Frame, batch: readonly Waiting[]): readonly Result[] {
  const plain = transact(frame, () => batch.map((one) => succeeded(runNow(one.job))));
  if (plain.ok) return plain.value;
  // Somebody else holds the lock, and we have waited for it: each further try would hold the event loop as long again.
  if (batch.length === 1 || isBusy(plain.error)) return batch.map(() => plain);
  const guarded = transact(frame, () => batch.map((one) => runInSavepoint(frame, one)));
  return guarded.ok ? guarded.value : batch.map((one) => transact(frame, () => runNow(one.job)));
}

function transact<T>(frame: Frame, work: () => T): Result<T> {
  const mark = frame.journal.mark();
  try {
    frame.begin();
    const value = work();
    frame.journal.write();
    frame.commit();
    frame.journal.confirm();
    return { ok: true, value };
  } catch (error) {
    if (frame.raw.inTransaction) frame.rollback();
    frame.journal.rewind(mark);
    return { ok: false, error };
  }
}

function runInSavepoint(frame: Frame, one: Waiting): Result {
  const mark = frame.journal.mark();
  frame.save();
  try {
    const value = runNow(one.job);
    frame.release();
    return succeeded(value);
  } catch (error) {
    // Some errors (a full disk) make SQLite undo the whole transaction: then there is no savepoint to go back to.
    if (!frame.raw.inTransaction) throw error;
    frame.undo();
    frame.release();
    frame.journal.rewind(mark);
    return { ok: false, error };
  }
}

const succeeded = (value: unknown): Result => ({ ok: true, value });

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function runNow(job: () => unknown): unknown {
  const value = job();
  if (value instanceof Promise)
    throw new Error('A change must be synchronous: what it awaits would run outside its transaction.');
  return value;
}
