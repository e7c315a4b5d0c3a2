import type { Content } from '../../content/model.ts';
import { PAPERS } from '../../content/model.ts';
import type { Variant } from '../model.ts';

/** Every variant that a reader can get; those of readers who answered nothing first. */
export function variantsOf({ offers, site }: Pick<Content, 'offers' | 'site'>): readonly Variant[] {
  const situations = [null, ...site.situations.map(({ key }) => key)];
  return situations.flatMap((situation) =>
    offers.flatMap(({ key: offer }) => PAPERS.map((paper) => ({ offer, situation, paper }))),
  );
}
