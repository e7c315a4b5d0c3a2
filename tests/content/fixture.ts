import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { z } from 'zod';
import { loadContent } from '../../src/content/load.ts';
import type { LoadedContent } from '../../src/content/load.ts';
import type { Content, ContentProblem } from '../../src/content/model.ts';
import { wordsSchema } from '../../src/content/words.ts';

/** Files by their place; null takes one away. */
export type Files = Readonly<Record<string, string | null>>;

/** Loads folders that hold these files, one folder for each argument, later ones over earlier ones. */
export async function load(...folders: readonly Files[]): Promise<LoadedContent> {
  const top = await mkdtemp(join(tmpdir(), 'content-'));
  onTestFinished(() => rm(top, { recursive: true }));
  const dirs = folders.map((_, index) => join(top, String(index)));
  for (const [index, files] of folders.entries()) {
    for (const [name, text] of Object.entries(files)) {
      if (text === null) continue;
      const path = join(dirs[index] ?? top, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }
  return loadContent(dirs);
}

/** The content of the fixture with some files changed. Fails when it has a mistake. */
export async function contentWith(changes: Files = {}): Promise<Content> {
  const outcome = await load({ ...FILES, ...changes });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems, null, 1));
  return outcome.content;
}

/** The mistakes of the fixture with some files changed. */
export async function problemsWith(changes: Files): Promise<readonly ContentProblem[]> {
  const outcome = await load({ ...FILES, ...changes });
  return outcome.ok ? [] : outcome.problems;
}

/** The fixture's file with one passage replaced; fails when the passage is not there. */
export function edited(name: string, from: string, to: string): Files {
  const text = FILES[name] ?? '';
  if (!text.includes(from)) throw new Error(`${name} holds no “${from}”.`);
  return { [name]: text.replace(from, () => to) };
}

/** A sentence: these very words, or one that holds them. */
export function saying(words: string | RegExp): unknown {
  return typeof words === 'string' ? words : expect.stringMatching(words);
}

/** Words that fit the schema, whatever it asks for. */
export function anyWords(schema: unknown = wordsSchema): unknown {
  if (schema instanceof z.ZodObject) {
    return Object.fromEntries(Object.entries(schema.shape).map(([key, value]) => [key, anyWords(value)]));
  }
  if (schema instanceof z.ZodArray) return [anyWords(schema.element)];
  return 'Words';
}

const post = (title: string, rest: string, body: string) =>
  `---
title: ${title}
description: What it says
topic: job-offers
date: 2026-03-0${title.length % 9 || 1}
minutes: 4
${rest}---

${body}
`;

const email = (subject: string) =>
  `---
subject: ${subject}
preheader: A line
button: Open my page
---
Hello,

before the button.

---

After it, good for {{link_days}} days.
`;

export const FILES: Readonly<Record<string, string>> = {
  'site.yaml': `sample: true
language: en
name: Example Career
tagline: A line under the name
url: https://example.com/
time_zone: America/Toronto
updated: 2026-11-23
coach: { name: Ada Low, first_name: Ada, role: Coach, email: ada@example.com, about: Two sentences. }
mail: { from: "Ada Low <ada@example.com>", reply_to: ada@example.com }
postal_address: "[address]"
talk: { label: "Let’s talk", url: "mailto:ada@example.com" }
navigation: [ { label: Articles, url: /articles } ]
situations:
  - { key: looking, label: I am looking }
  - { key: between, label: I am between posts }
consent: >-
  Yes, also send me
  six emails.
topics:
  job-offers: Job Offers
`,
  'words/en.yaml': JSON.stringify(anyWords()),
  'offers/white-paper/offer.yaml': `kind: paper
title: A Paper
short_title: the white paper
file_name: A-Paper
order: 1
card: One sentence.
landing:
  heading: The promise
  lead: Two sentences.
  button: Email me the white paper
  proof: [ "{{pages}} pages" ]
  inside_heading: Inside
  inside:
    - { title: One, text: First }
  sample_heading: The first page
  sample: |
    Some *words*,

    and [a link](post:first).
  questions:
    - { q: Why?, a: Because. }
  description: For search engines
`,
  'offers/white-paper/document.md': `---
title: A Paper
subtitle: About something
author: Ada Low
summary: |
  In short [1].
closing_heading: Next
closing: |
  [Let’s talk](talk:).
---

:::only situation=looking
# For you

A page.
:::

# A chapter

Text with a source [2] and *emphasis*.

:::key What to take
- a point
:::

:::references
1. First source
2. Second source
:::
`,
  'offers/infographic/offer.yaml': `kind: infographic
title: A Picture
short_title: the infographic
file_name: A-Picture
order: 2
card: One sentence.
landing:
  heading: The promise
  lead: Two sentences.
  button: Email me the infographic
  proof: [ One page ]
  inside_heading: Inside
  inside: [ { title: One, text: First } ]
  description: For search engines
`,
  'offers/infographic/document.yaml': `title: A Picture
subtitle: About something
panels:
  - { kind: figure, value: 56 %, label: of something, source: 1 }
  - { kind: note, title: A note, text: Said once. }
sources:
  - { id: 1, text: A study }
situations:
  looking: { title: T, intro: I, moves: [ { title: M, text: Do it } ] }
  between: { title: T, intro: I, moves: [ { title: M, text: Do it } ] }
`,
  'posts/first.md': post(
    'First',
    'next: second\n',
    'See [the other](post:second) and [the paper](offer:white-paper).',
  ),
  'posts/second.md': post('Second', 'sources: [ A study ]\n', 'Text.'),
  'posts/elsewhere.md': post('Elsewhere', 'url: https://blog.example.com/elsewhere\n', ''),
  'sequence/01-two-markets.md': `---
key: two-markets
days_after: 2
hour: 9
weekdays: [mon, tue]
subject: Hello {{first_name|there}}
preheader: A line
posts: [first]
---

Hello {{first_name|there}}, about {{offer}}.

{{coach}}
`,
  'sequence/02-weak-ties.md': `---
key: weak-ties
days_after: 3
hour: 9
weekdays: [mon]
subject: More
preheader: A line
posts: [second, elsewhere]
---

Text.
`,
  'emails/delivery.md': email('Your link'),
  'emails/reminder.md': email('Still there'),
  'emails/renewal.md': email('A new link'),
  'emails/data.md': email('Your data'),
  'emails/erase.md': email('Erase'),
  'legal/privacy.md': `---
title: Privacy
description: What is kept
updated: 2026-11-23
---

Text with [an address](mailto:ada@example.com).
`,
};
