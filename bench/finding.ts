import { median } from './statistics.ts';

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

/** Rates of several rounds against those of the yardstick in the same rounds. @param least the ratio aimed at; null: none. */
export function comparedRates(
  what: string,
  ours: readonly number[],
  yardstick: string,
  theirs: readonly number[],
  least: number | null,
  note: string | null = null,
): Finding {
  const ratio = median(ours.map((rate, round) => rate / (theirs[round] ?? NaN)));
  return {
    what,
    value: median(ours),
    unit: '/s',
    yardstick: { name: yardstick, value: median(theirs) },
    ratio,
    aim: least === null ? null : { text: `${least} of it`, met: ratio >= least },
    note,
  };
}

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
