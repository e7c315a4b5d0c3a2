import { describe, expect, it } from 'vitest';
import { tellLargestLoss, tellPresses } from '../../src/leads/told-loss.ts';

const links = { mailed: 40, pressed: 25, taken: 25, returned: 2, looks: 31 };
const numbers = { signups: 41, confirmed: 24, withFollowUp: 20, links };

const told = (some: Partial<typeof links>) =>
  tellPresses({ links: { mailed: 0, pressed: 0, taken: 0, returned: 0, looks: 0, ...some } });

describe('what became of the links', () => {
  it('is told in signups, and looks as what they are', () => {
    expect(tellPresses({ links })).toBe(
      '40 signups were mailed a link. 25 pressed the button on their page, 15 have not so far. 2 of the emails came back. Before a press the pages were looked at 31 times.',
    );
    expect(told({ mailed: 0 })).toBe('No link was mailed to anybody.');
  });

  it('leaves out what there was none of', () => {
    expect(told({ mailed: 1 })).toBe('1 signup was mailed a link. Nobody has pressed the button yet.');
    expect(told({ mailed: 2, pressed: 1, looks: 1 })).toBe(
      '2 signups were mailed a link. 1 pressed the button on their page, 1 has not so far. Before a press the pages were looked at once.',
    );
    expect(told({ mailed: 3, pressed: 3 })).toBe(
      '3 signups were mailed a link. All have pressed the button on their page.',
    );
    expect(told({ mailed: 1, pressed: 1 })).toBe('1 signup was mailed a link. The button was pressed.');
  });
});

describe('the largest loss', () => {
  it.each([
    ['the press', numbers, /of 40 signups that were mailed a link 15 \(38%\) have not pressed/],
    ['the mailing', { ...numbers, signups: 90 }, /of 90 signups 50 \(56%\) were mailed no link/],
    ['the file', { ...numbers, links: { ...links, taken: 5 } }, /of 25 signups with a press 20 \(80%\)/],
    ['the follow-up emails', { ...numbers, withFollowUp: 10 }, /of 24 people who confirmed 14 \(58%\)/],
  ])('is named by the step at which the largest share is lost: %s', (_, given, told) => {
    expect(tellLargestLoss(given).told).toMatch(told);
    expect(tellLargestLoss(given).advice).not.toBe('');
  });

  it('is not told of fewer than ten at a step, and not where there is none', () => {
    const few = {
      signups: 9,
      confirmed: 0,
      withFollowUp: 0,
      links: { ...links, mailed: 9, pressed: 0, taken: 0 },
    };
    expect(tellLargestLoss(few).told).toMatch(/too few/);
    const all = {
      signups: 12,
      confirmed: 12,
      withFollowUp: 12,
      links: { ...links, mailed: 12, pressed: 12, taken: 12 },
    };
    expect(tellLargestLoss(all).told).toMatch(/^Nobody is lost/);
  });
});
