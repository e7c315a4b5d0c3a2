import { z } from 'zod';
import { addressKey, parseAddress } from '../kernel/address.ts';
import { tidyName } from '../kernel/name.ts';
import { likelyMeant } from './mistyped.ts';

/** What a visitor sent, checked and tidied. */
export type SignupForm = {
  readonly firstName: string;
  readonly email: string;
  readonly followUp: boolean;
  /** The version of the sentence beside the box; null when the form did not say. */
  readonly consentVersion: string | null;
  /** A field that people do not see was filled. */
  readonly honeypot: boolean;
  /** IANA name, or null when the browser told none that is known. */
  readonly timezone: string | null;
  /** The solution of a sum, unread; empty where the page asked for none. See `work.ts`. */
  readonly work: string;
};

export type FormField = 'first_name' | 'email';
/** One mistake a field: `problem` names its message in the words of the pages. */
export type FormError = {
  readonly field: FormField;
  readonly problem: 'first_name_empty' | 'first_name_long' | 'email_empty' | 'email_long' | 'email_format';
};

/** What we ask about an address whose domain looks like a slip of the finger. */
export type EmailQuestion = {
  /** What was probably meant. */
  readonly proposed: string;
  /** What was typed and may be kept; null where it is no address at all. */
  readonly typed: string | null;
};

export type FormOutcome =
  | { readonly ok: true; readonly form: SignupForm }
  /** At least one error, or a question; both when there are both, so that one more look is enough. */
  | { readonly ok: false; readonly errors: readonly FormError[]; readonly question: EmailQuestion | null };

type Fields = Readonly<Record<string, string | undefined>>;

/** The email field, or what the button beside the question puts in its place. */
export function emailField(fields: Fields): string {
  const instead = fields['email_instead'] ?? '';
  return instead === '' ? (fields['email'] ?? '') : instead;
}

/**
 * Checks the fields of a signup form, in the order in which they stand on the page. Takes what people mean: spaces, any case.
 * Nothing here depends on what is known of an address.
 */
export function parseSignupForm(fields: Fields): FormOutcome {
  const typed = emailField(fields);
  const parsed = schema.safeParse({ ...fields, email: typed });
  const question = questionAbout(typed, fields['email_asked'] ?? '');
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.flatMap(formError), question };
  if (question !== null) return { ok: false, errors: [], question };
  const form = parsed.data;
  return {
    ok: true,
    form: {
      firstName: form.first_name,
      email: form.email,
      followUp: form.follow_up === 'yes',
      consentVersion: form.consent_version === '' ? null : form.consent_version,
      honeypot: form.website !== '',
      timezone: isTimeZone(form.timezone) ? form.timezone : null,
      work: form.work,
    },
  };
}

/** @param asked the address of which we asked last time: whoever sends it again has answered, and is not asked twice. */
function questionAbout(typed: string, asked: string): EmailQuestion | null {
  const address = parseAddress(typed);
  const before = parseAddress(asked);
  if (address.ok && before.ok && addressKey(address.address) === addressKey(before.address)) return null;
  const proposed = likelyMeant(typed);
  return proposed === null ? null : { proposed, typed: address.ok ? address.address : null };
}

const NAME_PROBLEMS = { empty: 'first_name_empty', too_long: 'first_name_long' } as const;
const EMAIL_PROBLEMS = { empty: 'email_empty', too_long: 'email_long', format: 'email_format' } as const;

const schema = z.object({
  first_name: z
    .string()
    .default('')
    .transform((text, context) => {
      const outcome = tidyName(text);
      if (outcome.ok) return outcome.name;
      context.addIssue({ code: 'custom', message: NAME_PROBLEMS[outcome.problem] });
      return z.NEVER;
    }),
  email: z
    .string()
    .default('')
    .transform((text, context) => {
      const outcome = parseAddress(text);
      if (outcome.ok) return outcome.address;
      context.addIssue({ code: 'custom', message: EMAIL_PROBLEMS[outcome.problem] });
      return z.NEVER;
    }),
  follow_up: z.string().default(''),
  consent_version: z.string().default(''),
  website: z.string().default(''),
  timezone: z.string().default(''),
  work: z.string().default(''),
});

const PROBLEMS: Readonly<Record<string, FormError>> = Object.fromEntries([
  ...Object.values(NAME_PROBLEMS).map((problem) => [problem, { field: 'first_name', problem }]),
  ...Object.values(EMAIL_PROBLEMS).map((problem) => [problem, { field: 'email', problem }]),
]) as Readonly<Record<string, FormError>>;

function formError(issue: { readonly message: string }): readonly FormError[] {
  const error = PROBLEMS[issue.message];
  return error === undefined ? [] : [error];
}

/** Whether the name is one that calendars know. The shape comes first: `Intl` takes offsets such as `+01:00` too. */
function isTimeZone(name: string): boolean {
  if (name.length > 64 || !/^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
