import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillFields } from '../../src/content/fields.ts';
import type { LinkTarget } from '../../src/content/links.ts';
import { renderHtml, renderText } from '../../src/content/markdown.ts';

const links = (target: LinkTarget): string => {
  switch (target.kind) {
    case 'post':
      return `/articles/${target.slug}`;
    case 'offer':
      return `/${target.key}`;
    case 'talk':
      return 'mailto:ada@example.com';
    case 'url':
      return target.url;
  }
};
const markdown = (source: string) => ({ source, file: 'a.md', line: 1 });
const html = (source: string, style?: Record<string, string>) => renderHtml(markdown(source), links, style);
const text = (source: string) => renderText(markdown(source), links);

test('turns links to articles, offers and the coach into addresses', () => {
  expect(html('[a](post:weak-ties) [b](offer:white-paper) [c](talk:)')).toBe(
    '<p><a href="/articles/weak-ties">a</a> <a href="/white-paper">b</a> <a href="mailto:ada@example.com">c</a></p>\n',
  );
});

test('gives the pages that links lead out to no handle on ours', () => {
  expect(html('[a](https://example.org/?a=1&b=2)')).toBe(
    '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener">a</a></p>\n',
  );
});

test('shows HTML as text', () => {
  expect(html('<script>alert(1)</script>\n\na <b onclick="x">b</b>')).toBe(
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p>a &lt;b onclick=“x”&gt;b&lt;/b&gt;</p>\n',
  );
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'javascript&#58;alert(1)',
  '&#x6A;avascript:alert(1)',
  'vbscript:x',
  'data:text/html,x',
  '//evil.example',
  'file:///etc/passwd',
  'post:../../admin',
])('never lets a link to %s pass', (address) => {
  expect(html(`[words](${address})`)).toBe('<p>words</p>\n');
  expect(text(`[words](${address})`)).toBe('words');
  expect(html(`<${address}>`)).not.toContain('<a');
});

test('gives emails their style with each tag', () => {
  expect(
    html('## A\n\nb [c](talk:)\n\n- d', { h2: 'color:#123', p: 'margin:0', a: 'color:"x"', li: 'm' }),
  ).toBe(
    '<h2 style="color:#123">A</h2>\n<p style="margin:0">b <a href="mailto:ada@example.com" style="color:&quot;x&quot;">c</a></p>\n<ul>\n<li style="m">d</li>\n</ul>\n',
  );
});

test('wraps plain text at 72 characters without breaking an address', () => {
  const long = `https://example.com/${'x'.repeat(90)}`;
  const lines = text(`${'word '.repeat(40)}\n[here](${long})`).split('\n');
  expect(lines.filter((line) => line.length > 72)).toEqual([`(${long})`]);
});

test('writes headings, lists, quotations and links as plain text', () => {
  expect(
    text(
      '## "Two"\n\nAsk [me](talk:) or <https://example.org>\\\nthen.\n\n- a\n- *b*\n  1. c\n\n3. d\n\n   e\n\n> f\n\n***\n\n    g',
    ),
  ).toBe(
    '“Two”\n-----\n\nAsk me (ada@example.com) or https://example.org\nthen.\n\n- a\n- b\n  1. c\n\n3. d\n\n   e\n\n> f\n\n* * *\n\ng',
  );
});

test('shows the address of a letter alone in plain text, and a web address whole', () => {
  expect(text('[Let us talk](mailto:ada@example.com?subject=Let%E2%80%99s%20talk)')).toBe(
    'Let us talk (ada@example.com)',
  );
  expect(text('[ada@example.com](MAILTO:ada@example.com?subject=Talk)')).toBe('ada@example.com');
  expect(text('[here](https://example.org/?subject=a)')).toBe('here (https://example.org/?subject=a)');
});

test('fills fields, and their fallback where nothing is known', () => {
  const source = 'Hello {{first_name|there}}, {{coach}}';
  expect(fillFields(source, { first_name: 'Ada', coach: 'Eve' }, 'none')).toBe('Hello Ada, Eve');
  expect(fillFields(source, { first_name: null, coach: ' ' }, 'none')).toBe('Hello there, ');
  expect(() => fillFields(source, { first_name: 'Ada' }, 'none')).toThrow('coach');
});

test('lets no value break a line, or the direction of the text', () => {
  const values = { first_name: 'A\r\nBcc: x@example.com\u202E\u0007' };
  expect(fillFields('Hi {{first_name}}', values, 'none')).toBe('Hi A Bcc: x@example.com');
});

test('shows a typed name as typed, whatever Markdown it holds', () => {
  const show = (name: string) => html(fillFields('{{first_name}}', { first_name: name }, 'markdown'));
  for (const name of [
    '# A',
    '- a',
    '1. a',
    '> a',
    '[a](https://x.example)',
    '*a* `b` ~~c~~',
    '<b>',
    '![a](b)',
  ]) {
    expect(show(name)).toBe(`<p>${name.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>\n`);
  }
  expect(show('&amp; (c) "x" a--b ...')).toBe('<p>&amp;amp; (c) &quot;x&quot; a--b ...</p>\n');
  expect(show("O'Neil")).toBe('<p>O’Neil</p>\n');
});

test('never makes an element of any name', () => {
  const odd = fc.string({ unit: fc.constantFrom(...Array.from('[](){}<>!#*_`~-+.:|&"\'\\/ 1a\n\t=')) });
  fc.assert(
    fc.property(fc.oneof(odd, fc.string({ unit: 'binary' })), (name) => {
      const source = fillFields('{{first_name|there}}', { first_name: name }, 'markdown');
      expect(html(source).replace(/^<p>|<\/p>\n$/g, '')).not.toMatch(/[<>]/);
    }),
    { numRuns: 500 },
  );
});
