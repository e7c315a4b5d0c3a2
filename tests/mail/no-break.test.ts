import { expect, test } from 'vitest';
import type { Letter } from '../../src/mail/letter.ts';
import { textPart } from '../../src/mail/text-part.ts';
import { site } from '../support/email.ts';

test('the plain text of an email breaks no line at a no-break space', () => {
  const line = `${'mot '.repeat(17)}ici\u00a0: « fin\u00a0»`;

  const lines = textPart(site, { ...bare, footer: { ...bare.footer, lines: [line] } }).split('\n');

  expect(lines).toContain('mot '.repeat(17).trim());
  expect(lines).toContain('ici\u00a0: « fin\u00a0»');
});

const bare: Letter = {
  subject: 'Objet',
  preheader: 'Avant',
  before: { html: '<p>Bonjour</p>', text: 'Bonjour' },
  button: null,
  after: null,
  cardsHeading: '',
  cards: [],
  footer: { lines: [], addressLines: [], links: [] },
  headers: {},
  hiddenUrl: null,
};
