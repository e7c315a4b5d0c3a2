import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeSubjects } from '../../src/sequence/subject-verdict.ts';

const judge = (clickedA: number, a: number, clickedB: number, b: number) =>
  judgeSubjects({ a: { submitted: a, clicked: clickedA }, b: { submitted: b, clicked: clickedB } });

describe('the verdict on two subjects', () => {
  // Reckoned independently: z by the formula in Python, the side of 5 % by its erf.
  it.each([
    { counts: [60, 400, 30, 400], z: 3.356725, p: 0.00079, verdict: 'a' },
    { counts: [40, 1000, 60, 1000], z: -2.051957, p: 0.04017, verdict: 'b' },
    { counts: [500, 5000, 430, 5000], z: 2.410199, p: 0.01594, verdict: 'a' },
    { counts: [15, 100, 6, 100], z: 2.075971, p: 0.0379, verdict: 'a' },
    { counts: [14, 100, 6, 100], z: 1.885618, p: 0.05935, verdict: null },
    { counts: [41, 1000, 60, 1000], z: -1.940195, p: 0.05236, verdict: null },
    { counts: [30, 200, 18, 200], z: 1.846372, p: 0.06484, verdict: null },
    { counts: [5, 50, 6, 50], z: -0.319601, p: 0.74927, verdict: null },
  ] as const)('of $counts is $verdict (z = $z, p = $p)', ({ counts, z, verdict }) => {
    const [clickedA, a, clickedB, b] = counts;
    const found = judge(clickedA, a, clickedB, b);
    expect(found.z).toBeCloseTo(z, 5);
    expect(found.kind === 'better' ? found.subject : null).toBe(verdict);
  });

  it('is “too few to tell” as long as fewer than 5 clicks can be expected of either, however far apart they are', () => {
    // The formula alone would find z = 3.08 and z = 2.39.
    expect(judge(9, 90, 0, 90)).toMatchObject({ kind: 'too_few', why: 'small', z: null });
    expect(judge(5, 20, 0, 20)).toMatchObject({ kind: 'too_few', why: 'small' });
    expect(judge(10, 90, 0, 90)).toMatchObject({ kind: 'better', subject: 'a' });
  });

  it('is “too few to tell” when nearly everybody clicked', () => {
    expect(judge(90, 90, 81, 90)).toMatchObject({ kind: 'too_few', why: 'small' });
  });

  it('is “too few to tell” when one of them went to next to nobody', () => {
    expect(judge(100, 1000, 0, 10)).toMatchObject({ kind: 'too_few', why: 'small' });
    expect(judge(100, 1000, 0, 0)).toMatchObject({ kind: 'too_few', why: 'small' });
    expect(judge(0, 0, 0, 0)).toMatchObject({
      kind: 'too_few',
      words: 'Too few to tell: 0 of 0 clicked after the first, 0 of 0 after the second.',
    });
  });

  it('says it in words that hold the numbers', () => {
    expect(judge(60, 400, 30, 400).words).toBe(
      'The first subject brings more readers: 60 of 400 (15.0%) clicked after the first, 30 of 400 (7.5%) after the second. Chance alone shows so large a difference less than once in twenty tests.',
    );
    expect(judge(30, 200, 18, 200).words).toBe(
      'Too few to tell: 30 of 200 (15.0%) clicked after the first, 18 of 200 (9.0%) after the second, and chance alone makes such a difference easily.',
    );
  });

  it('is the same the other way round', () => {
    const group = fc
      .integer({ min: 0, max: 3000 })
      .chain((submitted) =>
        fc.record({ submitted: fc.constant(submitted), clicked: fc.integer({ min: 0, max: submitted }) }),
      );
    fc.assert(
      fc.property(group, group, (a, b) => {
        const [one, other] = [judgeSubjects({ a, b }), judgeSubjects({ a: b, b: a })];
        expect(other.kind).toBe(one.kind);
        const better = [one, other].flatMap((verdict) =>
          verdict.kind === 'better' ? [verdict.subject] : [],
        );
        expect(new Set(better).size).toBe(better.length);
        expect(one.words).not.toMatch(/NaN|Infinity|undefined/);
      }),
    );
  });

  it('errs at most about once in twenty where there is no difference', () => {
    // 1,000 tests of two groups of 500 with the same 10 %, drawn by a generator that repeats itself.
    let seed = 42;
    const draw = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    const clicks = () =>
      Array.from({ length: 500 }, () => (draw() < 0.1 ? 1 : 0)).filter((one) => one === 1).length;
    const wrong = Array.from({ length: 1000 }, () => judge(clicks(), 500, clicks(), 500)).filter(
      ({ kind }) => kind === 'better',
    ).length;
    expect(wrong).toBeGreaterThan(20);
    expect(wrong).toBeLessThan(80);
  });
});
