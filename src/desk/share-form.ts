import { contentFor } from '../content/languages.ts';
import { say } from '../content/phrase.ts';
import type { Content, Offer } from '../content/model.ts';
import { ownName, tidyTag } from './share-link.ts';

/** What the coach chose for the form on her own site. */
export type FormWish = { readonly offer: Offer; readonly place: string };

export type FormReading = {
  readonly wish: FormWish;
  readonly problems: readonly { readonly field: 'offer' | 'place'; readonly text: string }[];
};

/** The source under which signups by the form count, when the coach names no other. */
const PLACE = 'own-site';

/** Reads the query of the form's part of the page; with a problem the wish is the nearest that can be shown. Null: the content has no offers. */
export function readFormWish(
  fields: Readonly<Record<string, string | undefined>>,
  offers: readonly Offer[],
): FormReading | null {
  const [first] = offers;
  if (first === undefined) return null;
  const asked = fields['offer'] ?? first.key;
  const offer = offers.find(({ key }) => key === asked);
  const place = tidyTag(fields['place'] ?? PLACE) || PLACE;
  const own = ownName({ source: place, medium: '' });
  return {
    wish: { offer: offer ?? first, place },
    problems: [
      ...(offer === undefined ? [{ field: 'offer', text: 'Choose an offer of the list.' } as const] : []),
      ...(own === null ? [] : [{ field: 'place', text: own } as const]),
    ],
  };
}

/**
 * The data of `desk/own-form`: a form for another site. It needs nothing of that site, neither script nor style; its ids begin with words
 * that no page has by chance, and differ between the forms for two offers or two places.
 */
export function ownForm({ offer, place }: FormWish, all: Content, publicUrl: string) {
  const content = contentFor(all, offer.key);
  const words = content.words.page.landing;
  const named = { offer: offer.shortTitle };
  return {
    id: `${place}-${offer.key}`,
    action: `${publicUrl}/${offer.key}?${new URLSearchParams({ utm_source: place }).toString()}`,
    language: offer.language,
    heading: say(words.form_heading, named),
    note: say(words.note, named),
    privacy: `${publicUrl}${content.base}/privacy`,
    button: offer.landing.button,
    consent: content.consent,
    words,
  };
}
