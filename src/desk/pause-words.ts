import { tellMoment } from '../leads/moments.ts';
import type { MomentPlace } from '../leads/moments.ts';
import type { SenderPause } from '../sequence/port.ts';

/** A pause as the coach reads it. */
export type PauseTold = {
  /** Why nothing is sent: one sentence. */
  readonly why: string;
  /** What the provider said, word for word; null when it said nothing. */
  readonly said: string | null;
  /** Since when, and what ends it: sentences. */
  readonly how: string;
  /** True when it lasts until a person ends it. */
  readonly needsYou: boolean;
};

export function tellPause(pause: SenderPause, place: MomentPlace): PauseTold {
  const since = `Since ${tellMoment(pause.since, place)}.`;
  switch (pause.kind) {
    case 'coach':
      return {
        why: 'You paused all emails.',
        said: null,
        how: `${since} Nothing goes out until you press “Send again from now”.`,
        needsYou: true,
      };
    case 'restored':
      return {
        why: 'The data come from a backup. Emails that went out after it was made may be missing from it, so nothing is sent before you have looked.',
        said: null,
        how: `${since} Nothing goes out until you press “Send again from now”.`,
        needsYou: true,
      };
    case 'account':
      return {
        why: 'The email provider refuses our account. Somebody has to look there: the key, the domain, the sender’s address, or how many emails the plan allows.',
        said: pause.reason,
        how: `${since} The next try is at ${tellMoment(pause.until, place)}, and then every few minutes. It ends by itself, and nothing is lost.`,
        needsYou: false,
      };
    case 'unreachable':
      return {
        why: 'The email provider cannot be reached: it is down, or this machine has no network.',
        said: pause.reason,
        how: `${since} It is tried again every minute, goes on by itself, and nothing is lost.`,
        needsYou: false,
      };
    case 'rate':
      return {
        why: 'The email provider asks us to go slower.',
        said: pause.reason,
        how: `${since} It goes on by itself at ${tellMoment(pause.until, place)}.`,
        needsYou: false,
      };
  }
}

/** Of which kind a pause is, for anybody: with the short code that the provider gave, and none of its words. */
export function pauseInPublic({ kind, reason }: SenderPause): string {
  switch (kind) {
    case 'coach':
      return 'all emails are paused by the coach';
    case 'restored': {
      const of = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(reason)?.[0];
      const what = /^the database is an older copy/.exec(reason)?.[0] ?? 'restored from a backup';
      return of === undefined ? what : `${what} of ${of}`;
    }
    case 'account':
      return `the email provider refuses our account${codeIn(reason)}`;
    case 'unreachable':
      return `the email provider cannot be reached${codeIn(reason)}`;
    case 'rate':
      return `the email provider asks us to go slower${codeIn(reason)}`;
  }
}

/** Resend's name and number at the beginning, or what stands in brackets behind our own words; what the provider says comes after a colon. */
function codeIn(reason: string): string {
  const [ours = ''] = reason.split(':');
  const code =
    /^[a-z]{1,20}(?:_[a-z]{1,20})+(?: \d{3})?$/.exec(ours)?.[0] ??
    /\((\d{3}(?: \d\.\d{1,3}\.\d{1,3})?|[A-Z][A-Z_ ]{1,40})\)$/.exec(ours)?.[1];
  return code === undefined ? '' : ` (${code})`;
}
