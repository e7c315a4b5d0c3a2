import { describe, expect, it } from 'vitest';
import type { StepPosts } from '../../src/content/model.ts';
import { choosePosts } from '../../src/mail/posts-that-fit.ts';
import type { Reading } from '../../src/mail/order.ts';
import { md, postOf } from '../support/email.ts';

/** Newest first, as the content gives them. */
const POSTS = [
  postOf('storms', { topic: 'weather' }),
  postOf('tides', { topic: 'water' }),
  postOf('knots', { topic: 'ropes' }),
  postOf('currents', { topic: 'water' }),
];
const ANY: StepPosts = { kind: 'by_topic', topic: null };
const WATER: StepPosts = { kind: 'by_topic', topic: 'water' };

function chosen(wish: StepPosts, reading: Partial<Reading> | null = {}, posts = POSTS, text = '') {
  const whole = reading === null ? null : { read: [], mailed: [], cameBy: null, ...reading };
  return choosePosts({ posts: wish, body: md(text) }, posts, whole);
}

describe('a list of posts', () => {
  it('is taken as it stands, whatever she has read', () => {
    const list: StepPosts = { kind: 'listed', slugs: ['knots', 'tides'] };
    expect(chosen(list, { read: ['knots'], mailed: ['tides'] })).toEqual(['knots', 'tides']);
  });

  it('goes without those that are dead or gone', () => {
    const list: StepPosts = { kind: 'listed', slugs: ['knots', 'gone', 'tides'] };
    const posts = [postOf('tides'), postOf('knots', { dead: true })];
    expect(chosen(list, {}, posts)).toEqual(['tides']);
  });
});

describe('by topic', () => {
  it('picks the newest for somebody of whom nothing is known', () => {
    expect(chosen(ANY)).toEqual(['storms']);
    expect(chosen(ANY, null)).toEqual(['storms']);
  });

  it('picks of the topic of what she read last', () => {
    expect(chosen(ANY, { read: ['storms', 'tides'] })).toEqual(['currents']);
    expect(chosen(ANY, { read: ['tides', 'storms'] })).toEqual(['knots']);
  });

  it('picks of the topic of the article by which she came, and not that one again', () => {
    expect(chosen(ANY, { cameBy: 'currents' })).toEqual(['tides']);
  });

  it('takes what she read since for newer than how she came', () => {
    expect(chosen(ANY, { cameBy: 'knots', read: ['currents'] })).toEqual(['tides']);
  });

  it('passes over links that are no posts when it looks for what she read last', () => {
    expect(chosen(ANY, { read: ['currents', 'calendar', 'long-gone'] })).toEqual(['tides']);
  });

  it('shows what no email has shown her before what she let lie', () => {
    expect(chosen(ANY, { mailed: ['storms'] })).toEqual(['tides']);
    expect(chosen(ANY, { read: ['currents'], mailed: ['tides'] })).toEqual(['storms']);
  });

  it('shows again what she let lie when there is nothing else, of her topic first', () => {
    const mailed = ['storms', 'tides', 'knots'];
    expect(chosen(ANY, { read: ['currents'], mailed })).toEqual(['tides']);
  });

  it('never goes beyond the topic that the coach named', () => {
    expect(chosen(WATER, { read: ['storms'] })).toEqual(['tides']);
    expect(chosen(WATER, { read: ['tides'], mailed: ['currents'] })).toEqual(['currents']);
    expect(chosen(WATER, { read: ['tides', 'currents'] })).toEqual([]);
  });

  it('never picks one that is dead', () => {
    const posts = POSTS.map((post) => ({ ...post, dead: post.slug !== 'knots' }));
    expect(chosen(ANY, {}, posts)).toEqual(['knots']);
    expect(chosen(WATER, {}, posts)).toEqual([]);
  });

  it('does not repeat below what the text already leads to', () => {
    expect(
      chosen(ANY, {}, POSTS, 'Read [about storms](post:storms), or [write](mailto:a@b.example).'),
    ).toEqual(['tides']);
  });

  it('picks nothing for somebody who has read everything', () => {
    expect(chosen(ANY, { read: POSTS.map(({ slug }) => slug) })).toEqual([]);
  });

  it('still knows the topic of what she read when that is dead meanwhile', () => {
    const posts = [...POSTS, postOf('fog', { topic: 'ropes', dead: true })];
    expect(chosen(ANY, { read: ['fog'] }, posts)).toEqual(['knots']);
  });
});
