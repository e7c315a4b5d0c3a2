import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A value as qpdf writes it (JSON, version 2): `/Name`, `u:text`, `b:hex`, `12 0 R`. */
export type Value = null | boolean | number | string | readonly Value[] | Dict;
export type Dict = { readonly [key: string]: Value };

type Stream = { readonly dict: Dict; readonly data: string };
type Entry = { readonly value?: Value; readonly stream?: Stream };
export type Objects = Readonly<Record<string, Entry>>;

/** A PDF taken apart into its objects. */
export type PdfFile = {
  readonly catalog: Dict;
  readonly trailer: Dict;
  /** Every dictionary of the file with the reference it stands under, those within others too. */
  readonly dicts: readonly (readonly [string, Dict])[];
  readonly pages: readonly (readonly [string, Dict])[];
  /** What a value means: the object behind a reference, else the value itself. */
  at(value: Value | undefined): Value;
  dict(value: Value | undefined): Dict;
  list(value: Value | undefined): readonly Value[];
  /** The decoded bytes of a stream; none where there is no stream. */
  bytes(value: Value | undefined): Buffer;
};

/** Runs a program over the bytes of a PDF; what it prints, and whether it was content. */
export function run(program: string, args: readonly string[], pdf: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'ua-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, pdf);
    const out = spawnSync(program, [...args, file], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (out.error !== undefined) throw new Error(missing(program), { cause: out.error });
    return { code: out.status, out: out.stdout, err: out.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function missing(program: string): string {
  const package_ = program === 'qpdf' ? 'qpdf' : 'poppler-utils';
  return `${program} cannot be run. These tests need it: apt-get install -y --no-install-recommends ${package_}`;
}

export function objectsOf(pdf: Uint8Array): Objects {
  const { code, out, err } = run(
    'qpdf',
    ['--json=2', '--json-key=qpdf', '--json-stream-data=inline', '--decode-level=generalized'],
    pdf,
  );
  if (code !== 0) throw new Error(`qpdf: ${err}`);
  const { qpdf } = JSON.parse(out) as { readonly qpdf: readonly [unknown, Objects] };
  return qpdf[1];
}

export function fileOf(objects: Objects): PdfFile {
  const entry = (value: Value | undefined): Entry | undefined =>
    typeof value === 'string' && REFERENCE.test(value) ? objects[`obj:${value}`] : undefined;
  const at = (value: Value | undefined): Value => {
    const found = entry(value);
    return found === undefined ? (value ?? null) : (found.value ?? found.stream?.dict ?? null);
  };
  const dict = (value: Value | undefined): Dict => {
    const found = at(value);
    return isDict(found) ? found : {};
  };
  const list = (value: Value | undefined): readonly Value[] => {
    const found = at(value);
    return Array.isArray(found) ? (found as readonly Value[]) : [];
  };
  const trailer = dict(objects['trailer']?.value);
  const catalog = dict(trailer['/Root']);
  const pagesUnder = (node: Value): readonly (readonly [string, Dict])[] =>
    '/Kids' in dict(node) ? list(dict(node)['/Kids']).flatMap(pagesUnder) : [[told(node), dict(node)]];
  return {
    catalog,
    trailer,
    dicts: Object.entries(objects).flatMap(([name, { value, stream }]) =>
      within(value ?? stream?.dict ?? null).map((one) => [name.replace('obj:', ''), one] as const),
    ),
    pages: pagesUnder(catalog['/Pages'] ?? null),
    at,
    dict,
    list,
    bytes: (value) => Buffer.from(entry(value)?.stream?.data ?? '', 'base64'),
  };
}

/** A text string without qpdf's mark; null for anything else. */
export function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' && value.startsWith('u:') ? value.slice(2) : null;
}

/** A value in words: references, names and texts as they are. */
export function told(value: Value | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

export function isDict(value: Value): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const REFERENCE = /^\d+ \d+ R$/;

function within(value: Value): readonly Dict[] {
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(within);
  return isDict(value) ? [value, ...Object.values(value).flatMap(within)] : [];
}
