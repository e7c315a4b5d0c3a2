import { infographicText } from '../content/infographic-text.ts';
import type { PanelText } from '../content/infographic-text.ts';
import { ownOffers } from '../content/languages.ts';
import type { Content, Offer } from '../content/model.ts';
import { maskAddress } from '../kernel/address.ts';
import { momentPlace, tellDay } from '../leads/moments.ts';
import type { PressFields, PressProblem } from './download.ts';
import type { SignupView } from './port.ts';

export type DownloadInput = {
  /** In the language of the offer. */
  readonly content: Content;
  readonly offer: Offer;
  readonly view: SignupView;
  readonly problems: readonly PressProblem[];
  /** Typed values, kept when something was wrong with them. */
  readonly typed: PressFields;
};

/** What the download page shows, before the press and after it. */
export type DownloadView = {
  readonly offer: Offer;
  readonly askedOn: string;
  readonly address: string;
  /** The name as it stands on the document now. */
  readonly preparedFor: string;
  /** The name as the form shows it. */
  readonly name: string;
  readonly situation: string;
  readonly role: string;
  /** The two questions are shown at once, not behind a summary that keeps the button on a phone's first screen. */
  readonly answersOpen: boolean;
  readonly errors: readonly { readonly field: PressProblem['field']; readonly text: string }[];
  readonly fieldErrors: Partial<Readonly<Record<PressProblem['field'], string>>>;
  /** The sentence that was ticked and can still take effect; null when there is nothing to decide. */
  readonly consent: string | null;
  readonly inSequence: boolean;
  readonly otherOffers: readonly Offer[];
  /** What an infographic says, panel by panel, the page for the chosen situation last; null for a paper. */
  readonly panels: readonly PanelText[] | null;
};

export function downloadView({ content, offer, view, problems, typed }: DownloadInput): DownloadView {
  const words = content.words.personal.errors;
  const situation = typed['situation'] ?? view.situation ?? '';
  const role = typed['target_role'] ?? view.targetRole ?? '';
  return {
    offer,
    askedOn: tellDay(view.createdAt, momentPlace(view.timezone, content.site)),
    address: maskAddress(view.email),
    preparedFor: view.firstName,
    name: typed['first_name'] ?? view.firstName,
    situation,
    role,
    answersOpen:
      view.confirmedAt !== null ||
      situation !== '' ||
      role !== '' ||
      problems.some(({ field }) => field !== 'first_name'),
    errors: problems.map(({ field, kind }) => ({ field, text: words[kind] })),
    fieldErrors: Object.fromEntries(problems.map(({ field, kind }) => [field, words[kind]])),
    consent: view.inSequence ? null : (view.followUp?.wording ?? null),
    inSequence: view.inSequence,
    panels:
      offer.document.kind === 'infographic' ? infographicText(offer.document, content, view.situation) : null,
    otherOffers: ownOffers(content).filter((other) => other.key !== offer.key),
  };
}
