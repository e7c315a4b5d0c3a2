/** One line of the result: what was measured, and its yardstick from the same run. */
export type Finding = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly yardstick: { readonly name: string; readonly value: number } | null;
  /** Ours over the yardstick's; the median of the rounds. The machine's noise falls out, so this is what to trust. */
  readonly ratio: number | null;
  readonly aim: { readonly text: string; readonly met: boolean } | null;
  readonly note: string | null;
};

export function asTable(findings: readonly Finding[]): string {
  const head = ['', 'ours', 'yardstick', 'ratio', 'aim', ''];
  const rows = findings.map(({ what, value, unit, yardstick, ratio, aim, note }) => [
    what,
    `${round(value)} ${unit}`,
    yardstick === null ? '' : `${round(yardstick.value)} ${yardstick.name}`,
    ratio === null ? '' : ratio.toFixed(2),
    aim === null ? '' : `${aim.text}: ${aim.met ? 'met' : 'MISSED'}`,
    note ?? '',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[line(head), ...rows.map(line)].join('\n')}\n`;
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}
