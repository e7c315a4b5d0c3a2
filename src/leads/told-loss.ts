import { wholePercent } from '../kernel/percent.ts';
import type { FunnelNumbers } from './numbers-port.ts';

type Numbers = Pick<FunnelNumbers, 'signups' | 'confirmed' | 'withFollowUp' | 'links'>;

/** What became of the links that were mailed, as sentences for the coach. */
export function tellPresses({ links: { mailed, pressed, returned, looks } }: Pick<Numbers, 'links'>): string {
  if (mailed === 0) return 'No link was mailed to anybody.';
  return [
    `${many(mailed, 'signup')} ${were(mailed)} mailed a link.`,
    toldPresses(mailed, pressed),
    ...(returned === 0 ? [] : [`${returned} of the emails came back.`]),
    ...(looks === 0 ? [] : [`Before a press the pages were looked at ${times(looks)}.`]),
  ].join(' ');
}

function toldPresses(mailed: number, pressed: number): string {
  if (pressed === 0) return 'Nobody has pressed the button yet.';
  const waiting = mailed - pressed;
  if (waiting > 0)
    return `${pressed} pressed the button on their page, ${waiting} ${have(waiting)} not so far.`;
  return pressed === 1 ? 'The button was pressed.' : 'All have pressed the button on their page.';
}

/** A step at which people are lost, with what may be the matter. */
type Loss = {
  readonly of: number;
  readonly lost: number;
  readonly told: (lost: string, of: string) => string;
  readonly advice: string;
};

/** What the coach reads; `advice` is empty where there is none to give. */
export type ToldLoss = { readonly told: string; readonly advice: string };

/** Fewer than this many people before a step tell nothing of it. */
const ENOUGH = 10;

/**
 * Where the largest share is lost between the signup and the follow-up emails, in words for the coach. Looks at pages are left out: they
 * are not people, and most end without a signup anywhere. Clicks are, because an email that is still to come was followed by nobody.
 */
export function tellLargestLoss(numbers: Numbers): ToldLoss {
  const known = lossesOf(numbers).filter(({ of }) => of >= ENOUGH);
  const [first, ...others] = known;
  if (first === undefined)
    return only(`There are too few people yet to say where most are lost: it takes ${ENOUGH} at a step.`);
  const largest = others.reduce((most, one) => (one.lost / one.of > most.lost / most.of ? one : most), first);
  const { lost, of, told, advice } = largest;
  if (lost <= 0) return only('Nobody is lost between the signup and the follow-up emails.');
  const where = told(`${lost} (${wholePercent(lost, of)})`, String(of));
  return { told: `The largest loss between the signup and the follow-up emails: ${where}`, advice };
}

function only(told: string): ToldLoss {
  return { told, advice: '' };
}

function lossesOf({ signups, confirmed, withFollowUp, links }: Numbers): readonly Loss[] {
  return [
    {
      of: signups,
      lost: signups - links.mailed,
      told: (lost, of) => `of ${of} signups ${lost} were mailed no link so far.`,
      advice: 'Either sending is paused, or their address had had its share of emails or takes none.',
    },
    {
      of: links.mailed,
      lost: links.mailed - links.pressed,
      told: (lost, of) =>
        `of ${of} signups that were mailed a link ${lost} have not pressed the button on their page so far.`,
      advice:
        'Look whether that email ends among spam (Health checks the sending domain), and whether its sender and subject say at once what it brings.',
    },
    {
      of: links.pressed,
      lost: links.pressed - links.taken,
      told: (lost, of) => `of ${of} signups with a press ${lost} did not take the whole file.`,
      advice: 'Press the button yourself, on a phone, and see whether the file comes.',
    },
    {
      of: confirmed,
      lost: confirmed - withFollowUp,
      told: (lost, of) => `of ${of} people who confirmed ${lost} did not want the follow-up emails.`,
      advice: 'The sentence beside the box decides.',
    },
  ];
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}

function have(count: number): string {
  return count === 1 ? 'has' : 'have';
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
