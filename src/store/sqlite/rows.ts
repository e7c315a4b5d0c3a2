import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { InferInsertModel, InferSelectModel } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

type WithId = SQLiteTable & { readonly id: SQLiteColumn };
type Statement = { run(values: Record<string, unknown>): { readonly lastInsertRowid: number | bigint } };

/** Whole rows in and out, typed by the schema and prepared once: unprepared, drizzle takes twice as long for a signup. */
export interface Rows {
  /** Adds a row and gives its `id` (SQLite's rowid). Columns left out take their default, or null. */
  insert<T extends SQLiteTable>(table: T, row: InferInsertModel<T>): number;
  /** The first row of which a column has a value. */
  find<T extends SQLiteTable>(table: T, column: SQLiteColumn, value: string | number): InferSelectModel<T> | undefined;
  /** All rows of which a column has a value, in the order of their making. */
  all<T extends WithId>(table: T, column: SQLiteColumn, value: string | number): readonly InferSelectModel<T>[];
  update<T extends WithId>(table: T, id: number, change: Partial<InferInsertModel<T>>): void;
}

export function createRows(db: BetterSQLite3Database): Rows {
  const inserts = new Map<SQLiteTable, { statement: Statement; defaults: Record<string, unknown> }>();
  const finds = new Map<SQLiteColumn, { get(values: object): unknown }>();
  const lists = new Map<SQLiteColumn, { all(values: object): unknown }>();
  const updates = new Map<SQLiteTable, Map<string, Statement>>();

  return {
    insert: (table, row) => {
      let known = inserts.get(table);
      if (known === undefined) {
        known = prepareInsert(db, table);
        inserts.set(table, known);
      }
      return Number(known.statement.run({ ...known.defaults, ...row }).lastInsertRowid);
    },
    find: <T extends SQLiteTable>(table: T, column: SQLiteColumn, value: string | number) => {
      let select = finds.get(column);
      if (select === undefined) {
        select = db.select().from(table as SQLiteTable).where(eq(column, sql.placeholder('value'))).limit(1).prepare();
        finds.set(column, select);
      }
      return select.get({ value }) as InferSelectModel<T> | undefined;
    },
    all: <T extends WithId>(table: T, column: SQLiteColumn, value: string | number) => {
      let select = lists.get(column);
      if (select === undefined) {
        const where = eq(column, sql.placeholder('value'));
        select = db.select().from(table as SQLiteTable).where(where).orderBy(table.id).prepare();
        lists.set(column, select);
      }
      return select.all({ value }) as InferSelectModel<T>[];
    },
    update: (table, id, change) => {
      const keys = Object.keys(change);
      const known = updates.get(table) ?? new Map<string, Statement>();
      updates.set(table, known);
      let statement = known.get(keys.join());
      if (statement === undefined) {
        const placeholders = Object.fromEntries(keys.map((key) => [key, sql.placeholder(`set_${key}`)]));
        statement = db
          .update(table as SQLiteTable)
          .set(placeholders)
          .where(eq(table.id, sql.placeholder('row_id')))
          .prepare();
        known.set(keys.join(), statement);
      }
      const values = Object.fromEntries(Object.entries(change).map(([key, value]) => [`set_${key}`, value]));
      statement.run({ ...values, row_id: id });
    },
  };
}

function prepareInsert(db: BetterSQLite3Database, table: SQLiteTable) {
  // SQLite gives the id itself; every other column gets a placeholder, so that one statement serves all rows.
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => key !== 'id');
  const placeholders = Object.fromEntries(columns.map(([key]) => [key, sql.placeholder(key)]));
  const defaults = Object.fromEntries(columns.map(([key, column]) => [key, (column.default as unknown) ?? null]));
  return { statement: db.insert(table).values(placeholders).prepare(), defaults };
}
