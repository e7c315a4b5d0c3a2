/** A mail server's "no", taken apart. */
export type SmtpReply = {
  /** 400 to 599. */
  readonly code: number;
  /** `5.1.1` (RFC 3463); empty when the server gives none. */
  readonly enhanced: string;
  /** Both as they are shown: `550 5.1.1`. */
  readonly codes: string;
  readonly isTemporary: boolean;
  /** Its words on one line, without the codes. They may name people. */
  readonly text: string;
};

/** What is read of a server's words: some send a whole page. */
const LONGEST = 2000;

/** Null when it is no "no": nothing, half a line, or words that SMTP does not know. */
export function readReply(response: string): SmtpReply | null {
  const [, code, enhanced = ''] = /^([45]\d\d)(?:[ -](?:([45]\.\d{1,3}\.\d{1,3})\b)?|$)/.exec(response) ?? [];
  if (code === undefined) return null;
  const text = response
    .slice(0, LONGEST)
    .split(/\r?\n/)
    .map((line) => line.replace(/^\d{3}[ -]?(?:[245]\.\d{1,3}\.\d{1,3}\b)?/, '').trim())
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return {
    code: Number(code),
    enhanced,
    codes: enhanced === '' ? code : `${code} ${enhanced}`,
    isTemporary: code.startsWith('4'),
    text,
  };
}

/** The server wants to know who we are first. */
export function isAboutLogin({ code, text }: SmtpReply, command: string): boolean {
  if ([530, 534, 535, 538].includes(code)) return true;
  // Of a whole email the word means its signatures (SPF, DKIM).
  return command !== 'DATA' && LOGIN_IN_WORDS.test(text);
}

const LOGIN_IN_WORDS =
  /\bauth\w*\b[^.]{0,40}\b(?:first|required|command)\b|\bnot (?:logged in|authenticated)\b|\blog ?in first\b/i;

/**
 * The account's own limit, which some services put among the codes of addresses (Microsoft: 5.1.90); not a full mailbox, and
 * not what a reader may get in an hour.
 */
export function isAboutQuota({ enhanced, text }: SmtpReply): boolean {
  if (['5.4.5', '5.1.90', '5.7.708'].includes(enhanced)) return true;
  if (enhanced.startsWith('5.2.')) return /\bsubmission ?quota/i.test(text);
  return QUOTA_IN_WORDS.test(text) && !/\b(?:receiv\w*|recipient|mailbox)\b/i.test(text);
}

const QUOTA_IN_WORDS = /\b(?:daily|hourly|monthly|sending|submission)\b[^.]{0,40}\b(?:limit|quota)/i;

/** "Relaying denied": the server takes emails for its own people only. The word alone may be a host's name. */
export function isAboutRelay({ text }: SmtpReply): boolean {
  return RELAY_IN_WORDS.test(text);
}

const RELAY_IN_WORDS = new RegExp(
  [
    /\brelay(?:ing)?\b[^.]{0,30}\b(?:denied|refused|prohibited|disallowed|disabled|not (?:permitted|allowed))\b/,
    /\b(?:unable|allowed|permitted|authori[sz]ed|cannot|can[’']t|do not|don[’']t|will not|no) (?:to )?relay(?:ing)?\b/,
    /\brcpthosts\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/**
 * The mailbox itself is the reason, for good: the end of a lead's emails, so in doubt it says no ("mailbox unavailable" is also
 * said of a policy: RFC 5321, 4.2.3).
 */
export function isMailboxGone({ code, enhanced, text }: SmtpReply, command: 'RCPT TO' | 'DATA'): boolean {
  if (enhanced === '5.1.1') return true;
  if (OTHER_REASONS.test(text)) return false;
  if (enhanced !== '') return GONE.includes(enhanced);
  // Without the second code the words decide, and only where the answer is to the address.
  return command === 'RCPT TO' && [550, 551, 553].includes(code) && GONE_IN_WORDS.test(text);
}

/** Of RFC 3463. 5.1.7 and 5.1.8 speak of the sender, higher ones are services' own. 5.2.1: the mailbox is disabled. */
const GONE = ['5.1.0', '5.1.2', '5.1.3', '5.1.4', '5.1.6', '5.1.10', '5.2.1'];
const OTHER_REASONS = /\b(?:sender|from address|policy|spam|block(?:ed|list)|blacklist\w*|reputation)\b/i;
const GONE_IN_WORDS = new RegExp(
  [
    /\b(?:user|recipient|mailbox|address|account)\b[^.]{0,40}\b(?:unknown|not found|not exist|no longer|disabled|invalid|inactive)\b/,
    /\b(?:unknown|invalid|no such)(?: local)? (?:user|recipient|mailbox|address|account)\b/,
    /\bno mailbox\b|\bunrouteable address\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

export function isTooLarge({ code, enhanced }: SmtpReply): boolean {
  return ['5.3.4', '5.2.3'].includes(enhanced) || (code === 552 && !enhanced.startsWith('5.2.'));
}
