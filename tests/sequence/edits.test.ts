import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../src/content/model.ts';
import { effectsOfEdit } from '../../src/sequence/edit-effects.ts';
import { tellEffects } from '../../src/sequence/edit-words.ts';
import { effectsInLanguages } from '../../src/sequence/edits-by-language.ts';
import { editsBetween } from '../../src/sequence/edits.ts';
import type { PlaceInSequence } from '../../src/sequence/numbers-port.ts';
import { emailContent, md, stepOf } from '../support/email.ts';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((key) => stepOf(key)) as [Step, Step, Step, Step];
type Step = ReturnType<typeof stepOf>;

describe('an edit of the sequence', () => {
  it('is none when nothing changed, or only what nobody sees', () => {
    expect(editsBetween([A, B], [A, B])).toEqual([]);
    expect(editsBetween([A], [{ ...A, version: 'another' }])).toEqual([]);
  });

  it('names what of a step is written anew', () => {
    const changed = { ...A, version: 'another', hour: 8, body: md('Other words.'), lateOk: 2 };
    expect(editsBetween([A, B], [changed, B])).toEqual([
      { kind: 'changed', step: 'a', what: ['text', 'hour', 'late_ok'] },
    ]);
  });

  it('adds and removes by key, with the places', () => {
    expect(editsBetween([A, B], [B, C])).toEqual([
      { kind: 'added', step: 'c', place: 2 },
      { kind: 'removed', step: 'a', place: 1 },
    ]);
  });

  it('moves as few steps as explain the new order', () => {
    expect(editsBetween([A, B, C, D], [B, C, D, A])).toEqual([
      { kind: 'moved', step: 'a', from: 1, place: 4 },
    ]);
    expect(editsBetween([A, B, C], [C, A, B])).toEqual([{ kind: 'moved', step: 'c', from: 3, place: 1 }]);
  });

  it('is empty both ways or none, whatever the two sequences', () => {
    const keys = fc
      .subarray(['a', 'b', 'c', 'd', 'e', 'f'], { minLength: 1 })
      .chain((some) => fc.shuffledSubarray(some, { minLength: some.length }));
    fc.assert(
      fc.property(keys, keys, (one, other) => {
        const [before, after] = [one, other].map((some) => some.map((key) => stepOf(key)));
        const edits = editsBetween(before ?? [], after ?? []);
        expect(edits.length === 0).toBe(one.join() === other.join());
        expect(edits.filter(({ kind }) => kind === 'added').length).toBe(
          other.filter((key) => !one.includes(key)).length,
        );
      }),
    );
  });
});

const place = (
  people: number,
  done: string,
  waiting: string | null,
  written = false,
  language: string | null = null,
): PlaceInSequence => ({
  people,
  done: done.split(' ').filter(Boolean),
  waiting,
  written,
  offer: null,
  language,
});

/** Ten who wait for the first email, four for the second, two for the third. */
const PLACES = [place(10, '', 'a'), place(4, 'a', 'b'), place(2, 'a b', 'c')];

describe('whom an edit touches today', () => {
  it('is everybody who has not had a step that changes', () => {
    const changed = { ...B, version: 'another', subject: 'Other words' };
    const effects = effectsOfEdit([A, B, C], [A, changed, C], PLACES, 7);
    expect(effects).toMatchObject({ people: 16, touched: 14, finished: 7 });
    expect(effects.edits).toEqual([
      {
        kind: 'changed',
        step: 'b',
        what: ['subject'],
        ahead: 14,
        waiting: 4,
        written: 0,
        afterLater: 0,
        had: 2,
        languages: null,
      },
    ]);
    expect(tellEffects(effects)).toEqual([
      [
        'The sequence changes: 16 people are in it, and it touches the emails to come of 14.',
        '7 people came to its end already and get nothing more.',
      ],
      [
        '“b” has another subject.',
        '14 people will get it so; for 4 of them it is the email that waits.',
        '2 people have had it and will not get it again.',
      ],
      [
        expect.stringMatching(
          /^Nobody gets an email of the sequence twice, or two of them within 20 hours\./,
        ),
      ],
    ]);
  });

  it('is nobody whose email is written already, for its bytes stay', () => {
    const changed = { ...B, version: 'another', body: md('Other words.') };
    const effects = effectsOfEdit([A, B], [A, changed], [place(1, 'a', 'b', true)], 0);
    expect(effects.touched).toBe(0);
    expect(tellEffects(effects)[1]).toEqual([
      '“b” has another text.',
      'Nobody who is in the sequence now will get it so.',
      'One email is written already and goes out as it was.',
    ]);
  });

  it('is everybody who has not had a step that goes, and who waits for it is told', () => {
    const effects = effectsOfEdit([A, B, C], [A, C], PLACES, 0);
    expect(effects.edits).toEqual([
      {
        kind: 'removed',
        step: 'b',
        place: 2,
        ahead: 14,
        waiting: 4,
        written: 0,
        afterLater: 0,
        had: 2,
        languages: null,
      },
    ]);
    expect(tellEffects(effects)[1]).toEqual([
      '“b” is gone; it stood in place 2.',
      '14 people will not get it.',
      '4 people wait for it: on its day it is skipped, and the next one is planned.',
      '2 people have had it and will not get it again.',
    ]);
  });

  it('is everybody in the sequence when a step is new; those beyond its place are told', () => {
    const effects = effectsOfEdit([A, B, C], [A, D, B, C], PLACES, 0);
    expect(effects).toMatchObject({ touched: 16 });
    expect(effects.edits).toMatchObject([{ step: 'd', place: 2, ahead: 16, afterLater: 6, had: 0 }]);
    expect(tellEffects(effects)[1]).toEqual([
      '“d” is new, in place 2.',
      '16 people will get it.',
      'Of these, 6 have or wait for an email that stands after it, and get it out of that order, after the one that waits.',
    ]);
  });

  it('is not who had a step before it was removed and comes back', () => {
    const effects = effectsOfEdit([B], [A, B], [place(3, 'a', 'b'), place(1, '', 'b')], 0);
    expect(effects.edits).toMatchObject([{ kind: 'added', ahead: 1, had: 3 }]);
  });

  it('is told in the singular where it is one', () => {
    const effects = effectsOfEdit([A], [B, A], [place(1, '', 'a')], 1);
    expect(tellEffects(effects).slice(0, 2)).toEqual([
      [
        'The sequence changes: one person is in it, and it touches the emails to come of 1.',
        'One person came to its end already and gets nothing more.',
      ],
      [
        '“b” is new, in place 1.',
        'One person will get it.',
        'She has or waits for an email that stands after it, and gets it out of that order, after the one that waits.',
      ],
    ]);
  });

  it('is nobody when the sequence stays', () => {
    expect(tellEffects(effectsOfEdit([A], [A], PLACES, 0))).toEqual([['The sequence does not change.']]);
  });
});

describe('an edit of a content in two languages', () => {
  const french = { ...A, version: 'fr', subject: 'Bonjour' };
  const content = (main: Step, other: Step | null) => ({
    ...emailContent({ sequence: [main, B] }),
    translations: (other === null
      ? {}
      : {
          fr: { site: { ...emailContent().site, language: 'fr' }, sequence: [other, B] },
        }) as unknown as Content['translations'],
  });
  const readers = [place(5, '', 'a', false, 'en'), place(2, '', 'a', false, 'fr')];

  it('counts for those who read it', () => {
    const edited = { ...french, version: 'fr2', subject: 'Bonsoir' };
    const effects = effectsInLanguages(content(A, french), content(A, edited), readers, 0);
    expect(effects).toMatchObject({ people: 7, touched: 2 });
    expect(tellEffects(effects)[1]).toEqual([
      'In French (fr): “a” has another subject.',
      '2 people will get it so; for 2 of them it is the email that waits.',
    ]);
  });

  it('is told once where it is the same in all', () => {
    const [one, other] = [A, french].map((step) => ({ ...step, version: `${step.version}2`, hour: 7 }));
    const effects = effectsInLanguages(content(A, french), content(one as Step, other as Step), readers, 0);
    expect(effects.edits).toMatchObject([{ what: ['hour'], ahead: 7, languages: null }]);
    expect(tellEffects(effects)[1]?.[0]).toBe('“a” has another hour.');
  });

  it('tells whom a language leaves behind that is taken out, and whom it comes back to', () => {
    const gone = effectsInLanguages(content(A, french), content(A, null), readers, 0);
    expect(gone).toMatchObject({ touched: 2, edits: [], silenced: [{ language: 'fr', people: 2 }] });
    expect(tellEffects(gone)[1]).toEqual([
      'There is no French (fr) any more.',
      '2 people read it: the emails of the sequence are skipped for them.',
    ]);
    const back = effectsInLanguages(content(A, null), content(A, french), readers, 0);
    expect(back).toMatchObject({ touched: 2, silenced: [] });
    expect(back.edits).toMatchObject([
      { kind: 'added', step: 'a', ahead: 2, languages: ['fr'] },
      { kind: 'added', step: 'b', ahead: 2, languages: ['fr'] },
    ]);
    expect(effectsInLanguages(content(A, null), content(A, french), [], 0).edits).toEqual([]);
  });
});
