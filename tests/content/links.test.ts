import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkChecks } from '../../src/content/link-verdicts.ts';
import type { Answer } from '../../src/content/link-verdicts.ts';
import { loadContent } from '../../src/content/load.ts';
import type { Content } from '../../src/content/model.ts';
import { outwardLinks } from '../../src/content/outward-links.ts';
import type { OutwardLink } from '../../src/content/outward-links.ts';
import { ROOT } from '../../src/root.ts';

const answered = (status: number, movedTo: string | null = null): Answer => ({
  kind: 'answered',
  status,
  movedTo,
});
const silent = (code: string): Answer => ({ kind: 'silent', code });
const link = (name: string, post: OutwardLink['post'] = null): OutwardLink => ({
  url: `https://blog.example/${name}`,
  places: [`posts/${name}.md`],
  post,
});
const WELL = { link: link('well'), answer: answered(200) };

function verdictsOf(...asked: Parameters<typeof linkChecks>[0]): readonly string[] {
  return linkChecks(asked).map(({ name, verdict, says, remedy }) =>
    `${verdict} ${name}: ${says} ${remedy ?? ''}`.trim(),
  );
}

describe('the links of the content', () => {
  it('are those to other sites, each once, with the place where it stands', async () => {
    const loaded = await loadContent([join(ROOT, 'assets/content')]);
    if (!loaded.ok) throw new Error('The sample has mistakes.');
    const { content } = loaded;
    const [post, ...others] = content.posts;
    const [step] = content.sequence;
    const changed: Content = {
      ...content,
      site: { ...content.site, talk: { ...content.site.talk, url: 'https://cal.example/ada' } },
      posts: [{ ...post!, url: 'https://blog.example/one#top', body: null, dead: true }, ...others],
      sequence: [
        {
          ...step!,
          body: {
            file: 'sequence/01-x.md',
            line: 9,
            source:
              'One\n\n[two](https://blog.example/two) [me](mailto:a@b.example) [x](post:weak-ties)\n\n[again](https://blog.example/one)',
          },
        },
      ],
    };
    const found = outwardLinks(changed);
    expect(found.find(({ url }) => url === 'https://cal.example/ada')?.places).toEqual(['site.yaml (talk)']);
    expect(found.find(({ url }) => url === 'https://blog.example/two')?.places).toEqual([
      'sequence/01-x.md:11',
    ]);
    expect(found.find(({ url }) => url === 'https://blog.example/one')).toEqual({
      url: 'https://blog.example/one',
      places: [`posts/${post!.slug}.md`, 'sequence/01-x.md:13'],
      post: { slug: post!.slug, dead: true },
    });
    expect(found.every(({ url }) => url.startsWith('http'))).toBe(true);
    expect(new Set(found.map(({ url }) => url)).size).toBe(found.length);
  });

  it('are well in one line', () => {
    expect(verdictsOf(WELL, { link: link('b'), answer: answered(204) })).toEqual([
      'ok links: 2 of 2 links answer.',
    ]);
  });

  it('are wrong where the page is gone, and a post can be marked dead', () => {
    const [, gone] = verdictsOf(WELL, {
      link: link('gone', { slug: 'gone', dead: false }),
      answer: answered(404),
    });
    expect(gone).toBe(
      'wrong link: https://blog.example/gone (posts/gone.md): the page is gone (404). Write the right address into posts/gone.md, or mark it “dead: true” there.',
    );
    for (const code of ['ENOTFOUND', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'])
      expect(verdictsOf(WELL, { link: link('x'), answer: silent(code) })[1]).toMatch(
        /^wrong link: .* Write the right address, or take/,
      );
  });

  it('are told when one that is marked dead answers again, and say nothing while it is dead', () => {
    const dead = { slug: 'back', dead: true };
    const [, back] = verdictsOf(WELL, { link: link('back', dead), answer: answered(200) });
    expect(back).toMatch(
      /^ok dead link: .* is marked dead and answers again\. .*take “dead: true” out of posts\/back\.md\.$/,
    );
    expect(verdictsOf(WELL, { link: link('back', dead), answer: answered(404) })).toEqual([
      'ok links: 2 of 2 links answer.',
    ]);
  });

  it('could not be checked where a server turns programs away or does not answer', () => {
    for (const answer of [
      answered(403),
      answered(429),
      answered(999),
      answered(503),
      silent('ETIMEDOUT'),
      silent('ECONNREFUSED'),
    ])
      expect(verdictsOf(WELL, { link: link('x'), answer })[1]).toMatch(/^unknown link: /);
    expect(verdictsOf(WELL, { link: link('x'), answer: { kind: 'private' } })[1]).toMatch(
      /^unknown link: .* private network/,
    );
    expect(verdictsOf(WELL, { link: link('x'), answer: 'not_asked' })[1]).toMatch(
      /^unknown link: .* the time was up/,
    );
  });

  it('are not called wrong when the network is away', () => {
    expect(
      verdictsOf({ link: link('a'), answer: silent('ENOTFOUND') }, { link: link('b'), answer: 'not_asked' }),
    ).toEqual(['unknown links: None of 2 links could be asked for: the network does not answer.']);
    const beside = verdictsOf(
      { link: link('a'), answer: silent('ENOTFOUND') },
      { link: link('b'), answer: { kind: 'private' } },
    );
    expect(beside.map((line) => line.split(':')[0])).toEqual(['unknown link', 'unknown link']);
  });

  it('are told where they have moved for good', () => {
    const moved = { link: link('old'), answer: answered(200, 'https://blog.example/new') };
    expect(verdictsOf(WELL, moved)[1]).toMatch(
      /^ok link: .* has moved\. Write https:\/\/blog\.example\/new instead\.$/,
    );
  });
});
