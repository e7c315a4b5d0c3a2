import { expect, test } from 'vitest';
import type { Letter } from '../../src/mail/letter.ts';
import { textPart } from '../../src/mail/text-part.ts';
import { emailContent } from '../support/email.ts';

test('the plain text of an email breaks no line at a no-break space', () => {
  const line = `${'mot '.repeat(17)}ici\u00a0: « fin\u00a0»`;

  const lines = textPart(emailContent(), { ...bare, footer: { ...bare.footer, lines: [line] } }).split('\n');

  expect(lines).toContain('mot '.repeat(17).trim());
  expect(lines).toContain('ici\u00a0: « fin\u00a0»');
});

test('the words of a button and of a link stand above their addresses as the language writes it', () => {
  const { words } = emailContent();
  const french = emailContent({ words: { email: { ...words.email, link_line: '{{words}}\u00a0:' } } });
  const stop = { text: 'Arrêter', url: 'https://funnel.example/unsubscribe/a' };
  const button = { text: 'Ouvrir ma page', url: 'https://funnel.example/download/a', fallback: '' };

  const text = textPart(french, { ...bare, button, footer: { ...bare.footer, links: [stop] } });

  expect(text).toContain(`Ouvrir ma page\u00a0:\n${button.url}\n`);
  expect(text).toContain(`Arrêter\u00a0:\n${stop.url}\n`);
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
