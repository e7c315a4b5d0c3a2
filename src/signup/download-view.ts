import { infographicText } from '../content/infographic-text.ts';
import type { PanelText } from '../content/infographic-text.ts';
import { ownOffers } from '../content/languages.ts';
import type { Content, Offer } from '../content/model.ts';
import { maskAddress } from '../kernel/address.ts';
import { say } from '../content/phrase.ts';
import { momentPlace, tellDay, tellDayAhead } from '../leads/moments.ts';
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
  /** Right after the press, when the browser is told to fetch the file by itself. */
  readonly isSaving: boolean;
};

/** What the download page shows, before the press and after it. */
export type DownloadView = {
  readonly offer: Offer;
  readonly askedOn: string;
  readonly address: string;
  /** The name as it stands on the document now. */
  readonly preparedFor: string;
  readonly isSaving: boolean;
  /** The name as the form shows it. */
  readonly name: string;
  /** One that may not be printed as it is written: for its letters, or its length. */
  readonly isUnusualName: boolean;
  readonly situation: string;
  readonly role: string;
  /** The two questions are shown at once, not behind a summary that keeps the button on a phone's first screen. */
  readonly answersOpen: boolean;
  /** One of the two questions at least is answered. */
  readonly isAnswered: boolean;
  readonly errors: readonly { readonly field: PressProblem['field']; readonly text: string }[];
  readonly fieldErrors: Partial<Readonly<Record<PressProblem['field'], string>>>;
  /** The sentence that was ticked and can still take effect; null when there is nothing to decide. */
  readonly consent: string | null;
  /** Which email comes when, in words. */
  readonly next: string;
  readonly otherOffers: readonly Offer[];
  /** What an infographic says, panel by panel, the page for the chosen situation last; null for a paper. */
  readonly panels: readonly PanelText[] | null;
};

export function downloadView(input: DownloadInput): DownloadView {
  const { content, offer, view, problems, typed, isSaving } = input;
  const words = content.words.personal.errors;
  const situation = typed['situation'] ?? view.situation ?? '';
  const role = typed['target_role'] ?? view.targetRole ?? '';
  const name = typed['first_name'] ?? view.firstName;
  return {
    offer,
    askedOn: tellDay(view.createdAt, momentPlace(view.timezone, content.site)),
    address: maskAddress(view.email),
    preparedFor: view.firstName,
    isSaving,
    name,
    isUnusualName:
      /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\P{L}]/u.test(name) ||
      name.length > LONG_NAME,
    situation,
    role,
    isAnswered: view.situation !== null || view.targetRole !== null,
    answersOpen: situation !== '' || role !== '' || problems.some(({ field }) => field !== 'first_name'),
    errors: problems.map(({ field, kind }) => ({ field, text: words[kind] })),
    fieldErrors: Object.fromEntries(problems.map(({ field, kind }) => [field, words[kind]])),
    consent: view.inSequence ? null : (view.followUp?.wording ?? null),
    next: nextOf(content, view),
    panels:
      offer.document.kind === 'infographic' ? infographicText(offer.document, content, view.situation) : null,
    otherOffers: ownOffers(content).filter((other) => other.key !== offer.key),
  };
}

/** Letters beyond which a name may be too long for its line on the cover at its usual size. */
const LONG_NAME = 40;

function nextOf({ site, words }: Content, view: SignupView): string {
  const { email, inSequence, nextStepAt, hasFollowed, timezone } = view;
  const told = words.personal.confirmed;
  if (!inSequence) return told.next_nothing;
  const address = maskAddress(email);
  if (nextStepAt === null) return say(told.next_soon, { address });
  const date = tellDayAhead(nextStepAt, momentPlace(timezone, site));
  return say(hasFollowed ? told.next_follow_up : told.next_first, { address, date });
}
