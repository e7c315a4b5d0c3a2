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
        why: 'The email provider refuses our account. Somebody has to look there: the key, the domain, or how many emails the plan allows.',
        said: pause.reason,
        how: `${since} The next try is at ${tellMoment(pause.until, place)}, and then every few minutes. It ends by itself, and nothing is lost.`,
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
