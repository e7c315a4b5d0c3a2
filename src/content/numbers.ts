/** The one number of a text, and what stands behind it; null: there is none, more than one, or one in the form of another language. */
export function numberIn(
  text: string,
  language: string,
): { readonly value: number; readonly unit: string } | null {
  const [found, ...others] = text.matchAll(LIKE_A_NUMBER);
  if (found === undefined || others.length > 0) return null;
  const { decimal, group } = signsOf(language);
  const { sign = '', whole, part = '' } = formOf(decimal, group).exec(found[0])?.groups ?? {};
  if (whole === undefined) return null;
  const value = Number(`${sign === '' ? '' : '-'}${whole.replace(/\D/g, '')}.${part || '0'}`);
  // Hundreds of digits are beyond what can be drawn.
  if (!Number.isFinite(value)) return null;
  return { value, unit: text.slice(found.index + found[0].length).trim() };
}

/** How a large and broken number is written, such as 1,018.8. */
export function numberExample(language: string): string {
  return formatFor(language).format(1018.8);
}

/** A number and its unit as the language writes them: 18.8%, in French 18,8 %. Other units stand as they are given. */
export function quantity(value: number, unit: string, language: string): string {
  if (unit !== '%') return new Intl.NumberFormat(language).format(value) + unit;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 3 }).format(value / 100);
}

/** Digits and all that could belong to them: what does not fit the language must not be read as the half of it that does. */
const LIKE_A_NUMBER = /(?:[-−–]\s*)?[.,]?\d(?:[\d.,'’\s]*\d)?/g;
/** Spaces at which no line breaks, which are decimal signs nowhere. */
const FIXED_SPACES = '\u00a0\u202f\u2009';

function formOf(decimal: string, group: string): RegExp {
  const between = `[${FIXED_SPACES}${/\s/.test(group) ? ' ' : ''}${/['’]/.test(group) ? "'’" : `\\${group}`}]`;
  const grouped = `\\d{1,3}(?<between>${between})(?:\\d{2,3}\\k<between>)*\\d{3}`;
  return new RegExp(`^(?:(?<sign>[-−–])\\s*)?(?<whole>${grouped}|\\d+)(?:\\${decimal}(?<part>\\d+))?$`);
}

function signsOf(language: string): { readonly decimal: string; readonly group: string } {
  const parts = formatFor(language).formatToParts(1234567.8);
  const sign = (type: string, usual: string) => parts.find((part) => part.type === type)?.value ?? usual;
  return { decimal: sign('decimal', '.'), group: sign('group', '\u202f') };
}

function formatFor(language: string): Intl.NumberFormat {
  return new Intl.NumberFormat(language, { numberingSystem: 'latn', useGrouping: 'always' });
}
