/** What a press did, shown on the page that comes after it. */
export type Notice = { readonly kind: 'good' | 'warning'; readonly text: string };

/** What a press on one of the buttons for the emails came to. */
export type Done =
  | 'paused'
  | 'paused-already'
  | 'resumed'
  | 'sending-already'
  | 'arrived'
  | 'send-again'
  | 'settled-meanwhile'
  | 'not-again';

const TEXTS: Readonly<Record<Done, Notice>> = {
  paused: { kind: 'good', text: 'All emails are paused.' },
  'paused-already': { kind: 'warning', text: 'All emails were paused already. Nothing was changed.' },
  resumed: { kind: 'good', text: 'Emails are sent again.' },
  'sending-already': { kind: 'warning', text: 'Sending was not paused by anybody. Nothing was changed.' },
  arrived: { kind: 'good', text: 'The email counts as sent, and the next one follows it.' },
  'send-again': {
    kind: 'good',
    text: 'The email goes out again: what somebody asked for at once, a follow-up email at its next hour and not within 20 hours of the first try.',
  },
  'settled-meanwhile': {
    kind: 'warning',
    text: 'Nothing was changed: this email is not in doubt any more. Its state is in the list.',
  },
  'not-again': {
    kind: 'warning',
    text: 'Nothing was changed: the emails to this person are stopped, or a later one has gone out and this one would come out of its order. Left alone, it counts as sent after a day.',
  },
};

/** The notice that a page's query asks for; null for none and for what we did not write. */
export function noticeOf(query: Readonly<Record<string, string | undefined>>): Notice | null {
  const done = query['done'] ?? '';
  if (!Object.hasOwn(TEXTS, done)) return null;
  const notice = TEXTS[done as Done];
  const moved = /^\d{1,9}$/.test(query['moved'] ?? '') ? Number(query['moved']) : 0;
  if (done !== 'resumed' || moved === 0) return notice;
  const many =
    moved === 1
      ? 'One follow-up email that came due meanwhile has a new time'
      : `${moved.toLocaleString('en')} follow-up emails that came due meanwhile have new times`;
  return { ...notice, text: `${notice.text} ${many}, so that nobody gets several at once.` };
}
