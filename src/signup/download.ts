import type { Content } from '../content/model.ts';
import type { DocumentRequest } from '../documents/model.ts';
import { tidyName } from '../kernel/name.ts';
import type { Random } from '../kernel/random.ts';
import type { Timetable } from '../leads/timetable.ts';
import { paperFor } from './paper.ts';
import type { SignupStore, SignupView } from './port.ts';

/** Fields as typed, all optional: `first_name`, `situation`, `target_role`, `follow_up`. */
export type PressFields = Readonly<Record<string, string | undefined>>;

export type PressProblem =
  | { readonly field: 'first_name'; readonly kind: 'name_empty' | 'name_too_long' }
  | { readonly field: 'situation'; readonly kind: 'situation_unknown' }
  | { readonly field: 'target_role'; readonly kind: 'role_too_long' };

/** What a press on the download page's button brings. */
export type Answers = {
  /** Null: the name stays as it is. */
  readonly firstName: string | null;
  readonly situation: string | null;
  readonly targetRole: string | null;
  /** The second button: only the document. */
  readonly declined: boolean;
};

export type PressReading =
  | { readonly ok: true; readonly press: Answers }
  | { readonly ok: false; readonly problems: readonly PressProblem[] };

/** A field that is absent leaves what is there; an answer that is sent empty is taken back. */
export function readPress(
  fields: PressFields,
  view: SignupView,
  situations: Content['site']['situations'],
): PressReading {
  const problems: PressProblem[] = [];
  const typedName = fields['first_name'] ?? '';
  const name = typedName === '' ? null : tidyName(typedName);
  if (name?.ok === false) {
    problems.push({ field: 'first_name', kind: name.problem === 'empty' ? 'name_empty' : 'name_too_long' });
  }
  const situation = fields['situation'] ?? view.situation;
  const isKnown = situations.some((one) => one.key === situation);
  if (fields['situation'] !== undefined && fields['situation'] !== '' && !isKnown) {
    problems.push({ field: 'situation', kind: 'situation_unknown' });
  }
  const role = fields['target_role'] === undefined ? null : tidyName(fields['target_role']);
  if (role?.ok === false && role.problem === 'too_long') {
    problems.push({ field: 'target_role', kind: 'role_too_long' });
  }
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    press: {
      firstName: name?.ok === true ? name.name : null,
      situation: situation === '' ? null : situation,
      targetRole: role === null ? view.targetRole : role.ok ? role.name : null,
      declined: fields['follow_up'] === 'no',
    },
  };
}

export type PressParts = {
  readonly store: Pick<SignupStore, 'confirm'>;
  readonly random: Random;
  readonly timetable: () => Timetable;
  /** Tells the sender that there is something to send. */
  readonly wake: () => void;
};

/** Confirms the address. The same press again gives the same answer and starts nothing twice. */
export async function confirmPress(
  parts: PressParts,
  signupId: string,
  press: Answers,
  at: number,
): Promise<'confirmed' | 'no_signup'> {
  const outcome = await parts.store.confirm(signupId, {
    ...press,
    enrollmentId: parts.random.uuid(),
    place: '/download',
    at,
    timetable: parts.timetable(),
  });
  if (outcome === 'confirmed') parts.wake();
  return outcome;
}

/** The document as the lead's record stands now. Null when the offer has left the content; an answer that has is left out. */
export function documentRequest(view: SignupView, content: Content): DocumentRequest | null {
  const { site, offers } = content;
  if (!offers.some((offer) => offer.key === view.offer)) return null;
  const situation = site.situations.find((one) => one.key === view.situation)?.key ?? null;
  return {
    offer: view.offer,
    reader: { name: view.firstName, situation, role: view.targetRole },
    paper: paperFor(view.timezone, site),
  };
}
