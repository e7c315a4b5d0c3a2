import type { Asked } from '../kernel/words.ts';
import type { Content, Offer } from './model.ts';

/** A content as far as its language matters. */
type Translatable = Pick<Content, 'site' | 'translations'>;

/** The content of each language made from one; and the one that each was made from. */
const made = new WeakMap<Translatable, Map<string, Translatable>>();
const origins = new WeakMap<Translatable, Translatable>();

/** The content in a language; in the main one where it is not spoken. The same object for the same content and language. */
export function contentIn<Some extends Translatable>(content: Some, language: string): Some {
  if (content.site.language === language) return content;
  const origin = mainOf(content);
  const translation = origin.translations[language];
  if (translation === undefined) return origin;
  const known = made.get(origin) ?? new Map<string, Translatable>();
  made.set(origin, known);
  const found = (known.get(language) as Some | undefined) ?? { ...origin, ...translation };
  known.set(language, found);
  origins.set(found, origin);
  return found;
}

/** The content in the language of an offer: of its pages, its document and all emails that come of it. */
export function contentFor<Some extends Translatable & Pick<Content, 'offers'>>(
  content: Some,
  offerKey: string | null | undefined,
): Some {
  const offer = content.offers.find(({ key }) => key === offerKey);
  return offer === undefined ? mainOf(content) : contentIn(content, offer.language);
}

/** The content in somebody's language; in the main one where the content is not written in it (any more), or nobody knows it. */
export function contentOf<Some extends Translatable & Pick<Content, 'offers'>>(
  content: Some,
  asked: Asked | null | undefined,
): Some {
  if (asked === null || asked === undefined) return mainOf(content);
  if (asked.language === null) return contentFor(content, asked.offer);
  return spokenLike(content, asked.language) ?? mainOf(content);
}

/** Whether the content is written in a remembered language. Null: it follows the offer, and so is always one that there is. */
export function isSpoken(content: Translatable, language: string | null): boolean {
  return language === null || spokenLike(content, language) !== undefined;
}

/** Whether what is known of somebody tells a language that the content is written in. */
export function isTold(
  content: Translatable & Pick<Content, 'offers'>,
  asked: Asked | null | undefined,
): asked is Asked {
  if (asked === null || asked === undefined) return false;
  return asked.language === null
    ? content.offers.some(({ key }) => key === asked.offer)
    : spokenLike(content, asked.language) !== undefined;
}

/** In that very language, or one that differs by its region alone: `en` may have become `en-CA` since. */
function spokenLike<Some extends Translatable>(content: Some, language: string): Some | undefined {
  const all = contentsOf(content);
  const plain = (tag: string) => tag.split('-')[0];
  return (
    all.find(({ site }) => site.language === language) ??
    all.find(({ site }) => plain(site.language) === plain(language))
  );
}

/** The content in its main language. */
export function mainOf<Some extends Translatable>(content: Some): Some {
  return (origins.get(content) as Some | undefined) ?? content;
}

/** Every language that the content is written in, the main one first. */
export function contentsOf<Some extends Translatable>(content: Some): readonly Some[] {
  const origin = mainOf(content);
  return [origin, ...Object.keys(origin.translations).map((language) => contentIn(origin, language))];
}

/** The offers of the language at hand. */
export function ownOffers({ offers, site }: Pick<Content, 'offers' | 'site'>): readonly Offer[] {
  return offers.filter(({ language }) => language === site.language);
}
