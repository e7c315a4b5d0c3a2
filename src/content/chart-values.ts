import type { ChartForm, ChartValue } from './paper-model.ts';
import { tell } from './text-blocks.ts';
import { numberExample, numberIn } from './numbers.ts';
import type { Item, Reading } from './text-blocks.ts';

/** A value as read; `unit` is what stands behind its number, such as "%". */
type ReadValue = ChartValue & { readonly unit: string };

/** "Label: nearly 34%" as a value; nothing, and told, when it is none. */
export function chartValue({ text, line }: Item, reading: Reading): readonly ReadValue[] {
  if (text.some((inline) => inline.kind !== 'text')) {
    tell(
      reading,
      line,
      'A value holds more than words and a number.',
      'Put references into the paragraph below the values.',
    );
    return [];
  }
  const words = text.map((inline) => (inline.kind === 'text' ? inline.text : '')).join('');
  const [, before = '', shown = ''] = /^(.+):\s+(.+)$/s.exec(words) ?? [];
  // In French a blank stands before the colon.
  const label = before.trimEnd();
  const { value, unit } = numberIn(shown, reading.language) ?? {};
  if (label === '' || value === undefined || unit === undefined) {
    const problem = label === '' ? `“${words}” is no value.` : `“${shown}” is no number.`;
    const example = numberExample(reading.language);
    const remedy = `Write a label, a colon and one number, such as Through friends: 56%; large or broken ones as in ${example}.`;
    tell(reading, line, problem, remedy);
    return [];
  }
  return [{ label, value, shown, unit }];
}

/** Tells what cannot be drawn. */
export function checkValues(
  form: ChartForm,
  values: readonly ReadValue[],
  items: readonly Item[],
  line: number,
  reading: Reading,
): void {
  const most = MOST[form];
  if (values.length > most) {
    const problem = `A chart of ${form} with ${values.length} values cannot be read.`;
    tell(reading, line, problem, `Keep ${most} at most, or make two charts.`);
  }
  values.forEach(({ value, shown, unit }, index) => {
    const at = items[index]?.line ?? line;
    if (value < 0)
      tell(reading, at, `“${shown}” is less than nothing.`, 'A chart shows numbers from zero upwards.');
    else if (form !== 'bars' && (unit !== '%' || value > 100)) {
      tell(
        reading,
        at,
        `“${shown}” is no share of a hundred.`,
        'Write a percentage from 0% to 100%, or :::chart bars.',
      );
    } else if (unit !== values[0]?.unit) {
      tell(
        reading,
        at,
        `“${shown}” has another unit than the first value.`,
        'Give all values of a chart the same unit.',
      );
    }
  });
  const whole = Math.round(values.reduce((sum, { value }) => sum + value, 0) * 100) / 100;
  if (form === 'parts' && whole > 100) {
    const remedy = 'Give shares of the same whole, rounded so that they make 100% at most, or :::chart bars.';
    tell(reading, line, `The parts of the chart make ${whole}%, which is more than the whole.`, remedy);
  }
}

/** So many can be told apart at a glance. */
const MOST: Readonly<Record<ChartForm, number>> = { bars: 6, dots: 4, parts: 4 };
