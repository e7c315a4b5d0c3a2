import type { FunnelNumbers } from './numbers-port.ts';

/** The raw count beside the cleaned one, and what makes the difference, as a sentence for the coach. */
export function tellClicks({
  clicksRaw,
  clicksByPersons,
  clicksByScanners,
}: Pick<FunnelNumbers, 'clicksRaw' | 'clicksByPersons' | 'clicksByScanners'>): string {
  if (clicksRaw === 0) return 'No link in an email was followed.';
  const unsure = clicksRaw - clicksByPersons - clicksByScanners;
  const leftOut = [
    ...(clicksByScanners > 0 ? [`${clicksByScanners} by machines, which open links to check them`] : []),
    ...(unsure > 0 ? [`${unsure} of which nobody can tell, or not yet`] : []),
  ];
  const told = `Links in emails were followed ${times(clicksRaw)}, ${times(clicksByPersons)} by people.`;
  return leftOut.length === 0 ? told : `${told} Left out: ${leftOut.join(', and ')}.`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
