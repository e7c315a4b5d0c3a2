import { deflateSync } from 'node:zlib';

/**
 * The same file with its table of objects as a compressed stream (ISO 32000-1, 7.5.8). pdfkit writes a line of twenty bytes for each object,
 * and a tagged document has a thousand of them: at the end of a file of which only the end is made for each reader, they would be most of the
 * work. Throws for a file that does not end as pdfkit's files do.
 */
export function withCrossReferenceStream(file: Buffer): Buffer {
  const tail = file.toString('latin1', file.lastIndexOf('\nxref\n') + 1);
  const [, count = '', entries = '', trailer = ''] = ENDING.exec(tail) ?? [];
  if (trailer === '') throw new Error('The file does not end with a table of objects and a trailer.');
  const start = file.length - tail.length;
  const number = Number(count);
  const offsets = entries
    .trimEnd()
    .split('\n')
    .map((entry) => Number(entry.slice(0, 10)));
  const rows = [FREE, ...offsets.slice(1).map((offset) => [1, offset, 0] as const), [1, start, 0] as const];
  const stream = deflateSync(predicted(rows), { level: 9 });
  const dictionary = trailer.replace(/\/Size \d+/, `/Size ${number + 1}`);
  const head = `${number} 0 obj\n<<\n/Type /XRef\n/W [1 4 2]\n/Filter /FlateDecode\n/DecodeParms << /Predictor 12 /Columns 7 >>\n/Length ${stream.length}\n${dictionary}\n>>\nstream\n`;
  const end = `\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.concat([file.subarray(0, start), Buffer.from(head), stream, Buffer.from(end)]);
}

/** Number of entries, the entries, what stands in the trailer's dictionary. */
const ENDING =
  /^xref\n0 (\d+)\n((?:\d{10} \d{5} [fn] ?\n)+)trailer\n<<\n?([\s\S]+?)\n?>>\nstartxref\n\d+\n%%EOF\n$/;
/** The head of the list of free objects, of which there are no others. */
const FREE = [0, 0, 65_535] as const;

type Row = readonly [kind: number, offset: number, generation: number];

/** Rows of seven bytes, each as what it differs by from the one above (PNG's predictor "up"): neighbours are alike. */
function predicted(rows: readonly Row[]): Buffer {
  const bytes = Buffer.alloc(rows.length * (1 + WIDTH));
  let above = Buffer.alloc(WIDTH);
  rows.forEach(([kind, offset, generation], index) => {
    const row = Buffer.alloc(WIDTH);
    row.writeUInt8(kind, 0);
    row.writeUInt32BE(offset, 1);
    row.writeUInt16BE(generation, 5);
    const at = index * (1 + WIDTH);
    bytes.writeUInt8(UP, at);
    for (let column = 0; column < WIDTH; column++)
      bytes.writeUInt8(((row[column] ?? 0) - (above[column] ?? 0) + 256) % 256, at + 1 + column);
    above = row;
  });
  return bytes;
}

const WIDTH = 7;
const UP = 2;
