import { describe, expect, it } from 'vitest';
import { chooseSubject, subjectFor } from '../../src/mail/subject-test.ts';

const tested = (key: string) => ({ key, subject: 'One', subjectB: 'Other' });
const leads = Array.from(
  { length: 4000 },
  (_, index) => `019aa000-0000-7000-8000-${String(index).padStart(12, '0')}`,
);

describe('which of two subjects a lead gets', () => {
  it('is none where the step has one', () => {
    expect(chooseSubject({ key: 'tide', subjectB: null }, leads[0] ?? '')).toBeNull();
  });

  it('is the same at every look', () => {
    for (const lead of leads.slice(0, 50)) {
      expect(chooseSubject(tested('tide'), lead)).toBe(chooseSubject(tested('tide'), lead));
    }
  });

  it('never changes with a version of the program: who has been told one subject in a rehearsal gets it', () => {
    const some = ['019aa000-0000-7000-8000-000000000001', '019aa000-0000-7000-8000-000000000002', 'x', 'y'];
    expect(some.map((lead) => chooseSubject(tested('tide'), lead))).toEqual(['b', 'b', 'a', 'a']);
  });

  it('is either for half of them', () => {
    const a = leads.filter((lead) => chooseSubject(tested('tide'), lead) === 'a').length;
    // Five standard deviations of 4,000 fair coins.
    expect(Math.abs(a - 2000)).toBeLessThan(5 * Math.sqrt(1000));
  });

  it('of one step tells nothing about that of another', () => {
    const both = leads.filter(
      (lead) => chooseSubject(tested('tide'), lead) === chooseSubject(tested('wind'), lead),
    ).length;
    expect(Math.abs(both - 2000)).toBeLessThan(5 * Math.sqrt(1000));
  });
});

it('takes the words that belong to the choice', () => {
  expect(subjectFor(tested('tide'), 'a')).toBe('One');
  expect(subjectFor(tested('tide'), 'b')).toBe('Other');
  expect(subjectFor(tested('tide'), null)).toBe('One');
});
