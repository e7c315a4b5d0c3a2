import { describe, expect, it } from 'vitest';
import { formFields, verbatimField } from '../../src/http/forms.ts';

describe('the fields of a form', () => {
  it('are trimmed, and the last of several counts', () => {
    expect({
      ...formFields({ email: ['first@example.com', ' last@example.com '], first_name: ' Ana ' }),
    }).toEqual({
      email: 'last@example.com',
      first_name: 'Ana',
    });
  });

  it('are none for anything that is no form', () => {
    for (const body of [undefined, null, 'text', 7]) expect({ ...formFields(body) }).toEqual({});
    expect({ ...formFields({ nested: { a: 'b' }, empty: [] }) }).toEqual({});
  });

  it('have no inherited names', () => {
    expect(formFields({})['constructor']).toBeUndefined();
    expect(formFields({})['__proto__']).toBeUndefined();
  });

  it('keep the spaces of a password', () => {
    const body = { password: ' four words with spaces ' };
    expect(verbatimField(body, 'password')).toBe(' four words with spaces ');
    expect(verbatimField(body, 'other')).toBe('');
  });
});
