import type Database from 'better-sqlite3';
import { asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { InferInsertModel, InferSelectModel } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

type WithId = SQLiteTable & { readonly id: SQLiteColumn };
type Key = string | number;
type Values = Readonly<Record<string, unknown>>;

/**
 * Whole rows in and out, typed by the schema. drizzle writes the SQL, once for each table and column; values are put in
 * and taken out here, because drizzle's own prepared queries look every column up anew, which doubles a signup's cost.
 */
export interface Rows {
  /** Adds a row and gives its `id` (SQLite's rowid). Columns left out take their default, or null. */
  insert<T extends SQLiteTable>(table: T, row: InferInsertModel<T>): number;
  /** The first row of which a column has a value. */
  find<T extends WithId>(table: T, column: SQLiteColumn, value: Key): InferSelectModel<T> | undefined;
  /** All rows of which a column has a value, in the order of their making. */
  all<T extends WithId>(table: T, column: SQLiteColumn, value: Key): readonly InferSelectModel<T>[];
  update<T extends WithId>(table: T, id: number, change: Partial<InferInsertModel<T>>): void;
}

export function createRows(raw: Database.Database, db: BetterSQLite3Database): Rows {
  const inserts = new Map<SQLiteTable, (row: Values) => number>();
  const selects = new Map<SQLiteColumn, Select>();
  const updates = new Map<SQLiteTable, Map<string, (change: Values, id: number) => void>>();
  const selectOf = (table: WithId, column: SQLiteColumn) =>
    remembered(selects, column, () => prepareSelect(raw, db, table, column));

  return {
    insert: (table, row) => remembered(inserts, table, () => prepareInsert(raw, db, table))(row),
    find: <T extends WithId>(table: T, column: SQLiteColumn, value: Key) => {
      const { statement, decode } = selectOf(table, column);
      const cells = statement.get(value);
      return cells === undefined ? undefined : (decode(cells) as InferSelectModel<T>);
    },
    all: <T extends WithId>(table: T, column: SQLiteColumn, value: Key) => {
      const { statement, decode } = selectOf(table, column);
      return statement.all(value).map((cells) => decode(cells) as InferSelectModel<T>);
    },
    update: (table, id, change) => {
      const keys = Object.keys(change);
      const ofTable = remembered(
        updates,
        table,
        () => new Map<string, (change: Values, id: number) => void>(),
      );
      remembered(ofTable, keys.join(), () => prepareUpdate(raw, db, table, keys))(change, id);
    },
  };
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}

function prepareInsert(raw: Database.Database, db: BetterSQLite3Database, table: SQLiteTable) {
  // SQLite gives the id itself (drizzle writes null for it); every other column gets a place, so that one statement serves all rows.
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => key !== 'id');
  const places = Object.fromEntries(columns.map(([key]) => [key, sql.placeholder(key)]));
  const statement = raw.prepare<unknown[]>(db.insert(table).values(places).toSQL().sql);
  const encoders = columns.map(([key, column]) => {
    const missing: unknown = column.default === undefined ? null : column.mapToDriverValue(column.default);
    return (row: Values): unknown => {
      const value = row[key];
      return value === undefined ? missing : value === null ? null : column.mapToDriverValue(value);
    };
  });
  return (row: Values): number =>
    Number(statement.run(...encoders.map((encode) => encode(row))).lastInsertRowid);
}

type Select = {
  readonly statement: Database.Statement<unknown[], readonly unknown[]>;
  readonly decode: (cells: readonly unknown[]) => Record<string, unknown>;
};

function prepareSelect(
  raw: Database.Database,
  db: BetterSQLite3Database,
  table: WithId,
  column: SQLiteColumn,
): Select {
  const query = db
    .select()
    .from(table as SQLiteTable)
    .where(eq(column, sql.placeholder('value')))
    .orderBy(asc(table.id));
  const columns = Object.entries(getTableColumns(table));
  return {
    statement: raw.prepare<unknown[], readonly unknown[]>(query.toSQL().sql).raw(),
    decode: (cells) => {
      const row: Record<string, unknown> = {};
      columns.forEach(([key, own], i) => {
        const cell = cells[i];
        row[key] = cell === null ? null : own.mapFromDriverValue(cell);
      });
      return row;
    },
  };
}

function prepareUpdate(
  raw: Database.Database,
  db: BetterSQLite3Database,
  table: WithId,
  keys: readonly string[],
) {
  const columns = getTableColumns(table);
  const places = Object.fromEntries(keys.map((key) => [key, sql.placeholder(key)]));
  const query = db
    .update(table as SQLiteTable)
    .set(places)
    .where(eq(table.id, sql.placeholder('row id')));
  const statement = raw.prepare<unknown[]>(query.toSQL().sql);
  // drizzle sets columns in the order of the table, whatever the order of the change.
  const ordered = Object.entries(columns).filter(([key]) => keys.includes(key));
  return (change: Values, id: number): void => {
    const values = ordered.map(([key, column]) =>
      change[key] === null ? null : column.mapToDriverValue(change[key]),
    );
    statement.run(...values, id);
  };
}
