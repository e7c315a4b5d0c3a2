import type { FunnelNumbers } from './port.ts';

/** The raw count beside the cleaned one, and what makes the difference, as a sentence for the coach. */
export function tellClicks({
  clicksRaw,
  clicksByPersons,
  clicksByScanners,
}: Pick<FunnelNumbers, 'clicksRaw' | 'clicksByPersons' | 'clicksByScanners'>): string {
  if (clicksRaw === 0) return 'No link in an email was followed.';
  const unsure = clicksRaw - clicksByPersons - clicksByScanners;
  return (
    `Links in emails were followed ${times(clicksRaw)}, ${times(clicksByPersons)} by people. Left out: ` +
    `${times(clicksByScanners)} by machines, which open links to check them, ` +
    `and ${times(unsure)} by somebody of whom nobody can tell, or not yet.`
  );
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
