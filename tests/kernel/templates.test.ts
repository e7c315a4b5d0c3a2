import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTemplates } from '../../src/kernel/templates.ts';

function templatesOf(files: Readonly<Record<string, string>>) {
  const dir = mkdtempSync(join(tmpdir(), 'templates-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, `${name}.eta`), text);
  return createTemplates(dir);
}

it('escapes what a template shows, in text and in attributes', () => {
  const templates = templatesOf({ page: '<a title="<%= it.name %>"><%= it.name %></a>' });
  expect(templates.render('page', { name: `<b>"&'` })).toBe(
    '<a title="&lt;b&gt;&quot;&amp;&#39;">&lt;b&gt;&quot;&amp;&#39;</a>',
  );
});

it('refuses to show a value that was not given, and names file and line', () => {
  const templates = templatesOf({ page: 'one\n\n<%= it.missing %>' });
  expect(() => templates.render('page', {})).toThrow(/page\.eta:3[^]*not given/);
});

it('says in plain words that a template is missing or broken', () => {
  const templates = templatesOf({ broken: '<% if ( %>' });
  expect(() => templates.render('nowhere', {})).toThrow(/nowhere cannot be shown/);
  expect(() => templates.render('broken', {})).toThrow(/broken cannot be shown/);
});
