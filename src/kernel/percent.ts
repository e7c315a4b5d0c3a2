/**
 * A share as people read it: `38%`. Something, however little, is never `0%`, and not quite everything never `100%`.
 * @param whole more than 0.
 */
export function wholePercent(part: number, whole: number): string {
  const rounded = Math.round((100 * part) / whole);
  if (rounded === 0 && part > 0) return 'under 1%';
  return rounded === 100 && part < whole ? 'over 99%' : `${rounded}%`;
}
