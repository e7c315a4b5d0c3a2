import { expect, it } from 'vitest';
import { freezeEmail, thawEmail } from '../../src/mail/frozen.ts';
import { sampleEmail } from '../support/email.ts';

it('gives back the same email, and the same bytes again', () => {
  const bytes = freezeEmail(sampleEmail);
  expect(thawEmail(bytes)).toEqual(sampleEmail);
  expect(Buffer.from(freezeEmail(thawEmail(bytes))).equals(Buffer.from(bytes))).toBe(true);
});

it('writes the same bytes whatever the order of the fields', () => {
  const { messageId, ...rest } = sampleEmail;
  expect(Buffer.from(freezeEmail({ ...rest, messageId })).equals(Buffer.from(freezeEmail(sampleEmail)))).toBe(
    true,
  );
});

it('refuses bytes that are no email', () => {
  expect(() => thawEmail(Buffer.from('{"messageId":"x"}'))).toThrow(/no email/);
});
