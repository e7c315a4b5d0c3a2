import { counted, ok, unknown, wrong } from '../kernel/check.ts';
import type { Check } from '../kernel/check.ts';
import type { OutwardLink } from './outward-links.ts';

/** What came of asking for an address. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Where it has moved to for good; null when it has not. */
      readonly movedTo: string | null;
    }
  /** It leads into a private network, where we do not knock. */
  | { readonly kind: 'private' }
  /** Nobody answered; `code` as Node names it. */
  | { readonly kind: 'silent'; readonly code: string };

/** `not_asked`: there was no time left. */
export type Asked = { readonly link: OutwardLink; readonly answer: Answer | 'not_asked' };

/** One line for all that are well, and one for each that is not. */
export function linkChecks(asked: readonly Asked[]): readonly Check[] {
  if (asked.length === 0) return [ok('links', 'The content leads to no other site.')];
  const answered = asked.filter(({ answer }) => answer !== 'not_asked' && answer.kind === 'answered');
  if (
    answered.length === 0 &&
    asked.every(({ answer }) => answer === 'not_asked' || answer.kind === 'silent')
  ) {
    return [
      unknown(
        'links',
        `None of ${counted(asked.length, 'link')} could be asked for: the network does not answer.`,
      ),
    ];
  }
  const isOnline = answered.length > 0;
  const checks = asked.flatMap((one) => judge(one, isOnline) ?? []);
  const well = asked.length - checks.filter(({ verdict }) => verdict !== 'ok').length;
  return [ok('links', `${well} of ${counted(asked.length, 'link')} answer.`), ...checks].filter(
    ({ name }) => name !== 'links' || well > 0,
  );
}

/** The server says that there is no such page any more. */
const GONE = [404, 410];
/** Nobody has this name; the certificate is not this site's, or is out of date: every browser warns. */
const BROKEN: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such site',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is another site’s',
};

/** @param isOnline somebody answered: only then does an unknown name mean that the site is gone. */
function judge({ link, answer }: Asked, isOnline: boolean): Check | null {
  const { url, places, post } = link;
  const where = `${url} (${places.slice(0, 3).join(', ')}${places.length > 3 ? ', …' : ''})`;
  const fault = answer === 'not_asked' || !isOnline ? null : faultOf(answer);
  const isAlive = answer !== 'not_asked' && answer.kind === 'answered' && answer.status < 400;
  if (post?.dead === true) {
    const remedy = `If the article is there, take “dead: true” out of posts/${post.slug}.md.`;
    return isAlive ? ok('dead link', `${where} is marked dead and answers again.`, remedy) : null;
  }
  if (fault !== null) {
    const remedy =
      post === null
        ? 'Write the right address, or take the link out.'
        : `Write the right address into posts/${post.slug}.md, or mark it “dead: true” there.`;
    return wrong('link', `${where}: ${fault}.`, remedy);
  }
  if (answer === 'not_asked') return unknown('link', `${where}: not asked, the time was up.`);
  switch (answer.kind) {
    case 'private':
      return unknown(
        'link',
        `${where} leads into a private network: visitors cannot follow it, and neither do we.`,
      );
    case 'silent':
      return unknown('link', `${where} does not answer (${answer.code}).`);
    case 'answered':
      if (!isAlive)
        return unknown('link', `${where} answers ${answer.status} to a program; look with a browser.`);
      return answer.movedTo === null
        ? null
        : ok('link', `${where} has moved.`, `Write ${answer.movedTo} instead.`);
  }
}

function faultOf(answer: Answer): string | null {
  if (answer.kind === 'answered')
    return GONE.includes(answer.status) ? `the page is gone (${answer.status})` : null;
  return answer.kind === 'silent' ? (BROKEN[answer.code] ?? null) : null;
}
