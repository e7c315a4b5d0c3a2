import { describe, expect, it } from 'vitest';
import { parseSignupForm } from '../../src/signup/form.ts';

const good = { first_name: 'Ana', email: 'ana@example.com' };

function formOf(fields: Readonly<Record<string, string>>) {
  const outcome = parseSignupForm({ ...good, ...fields });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.form;
}

describe('a signup form', () => {
  it('takes what people mean: spaces around, full-width characters, accents and apostrophes', () => {
    const form = formOf({ first_name: '  Zoë   O’Brien ', email: ' Ana＠Example.COM ' });
    expect(form.firstName).toBe('Zoë O’Brien');
    expect(form.email).toBe('Ana@example.com');
  });

  it('names every mistake, in the order of the page', () => {
    expect(parseSignupForm({})).toEqual({
      ok: false,
      errors: [
        { field: 'first_name', problem: 'first_name_empty' },
        { field: 'email', problem: 'email_empty' },
      ],
      question: null,
    });
  });

  it.each([
    [{ email: 'ana.example.com' }, 'email_format'],
    [{ email: 'ana@' }, 'email_format'],
    [{ email: 'ana@example.com, bob@example.com' }, 'email_format'],
    [{ email: `${'a'.repeat(260)}@example.com` }, 'email_long'],
    [{ first_name: '\u0007\u200b' }, 'first_name_empty'],
    [{ first_name: 'a'.repeat(81) }, 'first_name_long'],
  ])('refuses %o', (fields, problem) => {
    const outcome = parseSignupForm({ ...good, ...fields });
    expect(outcome.ok ? [] : outcome.errors.map((error) => error.problem)).toEqual([problem]);
  });

  it('asks about an address that looks mistyped, and takes neither for granted', () => {
    const typed = { ...good, email: 'ana@gmial.com' };
    const question = { proposed: 'ana@gmail.com', typed: 'ana@gmial.com' };
    expect(parseSignupForm(typed)).toEqual({ ok: false, errors: [], question });
    expect(formOf({ ...typed, email_instead: 'ana@gmail.com', email_asked: 'ana@gmial.com' }).email).toBe(
      'ana@gmail.com',
    );
    expect(formOf({ ...typed, email_instead: 'ana@gmial.com', email_asked: 'ana@gmial.com' }).email).toBe(
      'ana@gmial.com',
    );
  });

  it('is not asked about the same address twice, in whatever case it comes back, but about another', () => {
    expect(formOf({ email: 'Ana@gmial.com', email_asked: 'ana@gmial.com' }).email).toBe('Ana@gmial.com');
    expect(parseSignupForm({ ...good, email: 'ana@gmal.com', email_asked: 'ana@gmial.com' })).toMatchObject({
      ok: false,
      question: { proposed: 'ana@gmail.com' },
    });
    expect(formOf({ email: 'ana@example.com', email_asked: 'ana@gmial.com' }).email).toBe('ana@example.com');
  });

  it('proposes what was probably meant for what is no address, without an offer to keep that', () => {
    expect(parseSignupForm({ ...good, email: 'ana@gmail,com' })).toEqual({
      ok: false,
      errors: [{ field: 'email', problem: 'email_format' }],
      question: { proposed: 'ana@gmail.com', typed: null },
    });
  });

  it('tells a mistake in another field and the question together', () => {
    expect(parseSignupForm({ first_name: '', email: 'ana@gmial.com' })).toMatchObject({
      errors: [{ field: 'first_name' }],
      question: { proposed: 'ana@gmail.com' },
    });
  });

  it('counts only a plain yes as a tick', () => {
    expect(formOf({ follow_up: 'yes' }).followUp).toBe(true);
    expect(formOf({ follow_up: 'on' }).followUp).toBe(false);
    expect(formOf({}).followUp).toBe(false);
  });

  it('keeps a time zone only when calendars know it', () => {
    expect(formOf({ timezone: 'America/Toronto' }).timezone).toBe('America/Toronto');
    expect(formOf({ timezone: 'Etc/GMT+5' }).timezone).toBe('Etc/GMT+5');
    expect(formOf({ timezone: 'UTC' }).timezone).toBe('UTC');
    expect(formOf({ timezone: 'Mars/Olympus' }).timezone).toBeNull();
    expect(formOf({ timezone: '+01:00' }).timezone).toBeNull();
    expect(formOf({ timezone: '' }).timezone).toBeNull();
  });

  it('sees the field that people do not see', () => {
    expect(formOf({ website: 'https://spam.example' }).honeypot).toBe(true);
    expect(formOf({ website: '' }).honeypot).toBe(false);
  });

  it('ignores fields that it does not know', () => {
    expect(formOf({ status: 'confirmed', __proto__: 'x' })).not.toHaveProperty('status');
  });
});
