import type { Site } from '../content/model.ts';
import { PAPERS } from '../content/model.ts';
import type { Paper, Reader } from '../documents/model.ts';
import { tidyName } from '../kernel/name.ts';
import { SAMPLE_READER } from '../mail/sample-order.ts';
import { paperFor } from '../signup/paper.ts';

/** What the coach wants to see of a document, as the form on its page says it. */
export type DocumentWish = {
  readonly situation: string | null;
  readonly paper: Paper;
  readonly reader: Reader;
};

type WishField = 'situation' | 'paper' | 'name' | 'role';
export type WishProblem = { readonly field: WishField; readonly text: string };

export type WishReading =
  | { readonly ok: true; readonly wish: DocumentWish; readonly typed: Typed }
  | { readonly ok: false; readonly problems: readonly WishProblem[]; readonly typed: Typed };

/** The form's fields as they are shown again. */
type Typed = Readonly<Record<WishField, string>>;

/** Nobody's name and role, for a preview. */
const PREVIEW = { name: SAMPLE_READER.firstName, role: 'Chief Operating Officer' } as const;

/** Reads the query of a document's page. What is left out has a default; a name or role that was emptied is none. */
export function readWish(
  fields: Readonly<Record<string, string | undefined>>,
  site: Pick<Site, 'situations' | 'paper' | 'timeZone'>,
): WishReading {
  const typed = {
    situation: fields['situation'] ?? '',
    paper: fields['paper'] || paperFor(null, site),
    name: fields['name'] ?? PREVIEW.name,
    role: fields['role'] ?? PREVIEW.role,
  };
  const situation = site.situations.find(({ key }) => key === typed.situation)?.key ?? null;
  const paper = PAPERS.find((one) => one === typed.paper);
  const [name, role] = [tidied(typed.name), tidied(typed.role)];
  const problems: WishProblem[] = [];
  if (situation === null && typed.situation !== '')
    problems.push({ field: 'situation', text: 'The content has no such situation. Choose one of the list.' });
  if (paper === undefined) problems.push({ field: 'paper', text: 'Choose A4 or US Letter.' });
  if (name === undefined)
    problems.push({ field: 'name', text: 'A name has up to 80 characters. Shorten it.' });
  if (role === undefined)
    problems.push({ field: 'role', text: 'A role has up to 80 characters. Shorten it.' });
  if (paper === undefined || name === undefined || role === undefined || problems.length > 0)
    return { ok: false, problems, typed };
  const reader = { name: name ?? '', situation, role };
  return { ok: true, wish: { situation, paper, reader }, typed };
}

/** The query that asks for the same pages; the reader does not change them. */
export function pagesQuery({ situation, paper }: Pick<DocumentWish, 'situation' | 'paper'>): string {
  return new URLSearchParams({ ...(situation === null ? {} : { situation }), paper }).toString();
}

/** Null: there is nothing to see in it. Undefined: too long. */
function tidied(text: string): string | null | undefined {
  const tidy = tidyName(text);
  if (tidy.ok) return tidy.name;
  return tidy.problem === 'empty' ? null : undefined;
}
