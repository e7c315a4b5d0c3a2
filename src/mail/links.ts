import { DAY } from '../kernel/clock.ts';
import { DATA_LIFETIME, PREFERENCES_LIFETIME, READ_LIFETIME } from '../kernel/tokens.ts';
import type { EmailOrder, Stationery } from './order.ts';

/** The addresses that an email of ours may carry, each whole. */
export interface EmailLinks {
  download(signupId: string): string;
  notMe(signupId: string): string;
  unsubscribe(): string;
  preferences(): string;
  /** The data as a file, or the page for the erasure. */
  personal(kind: 'data' | 'erase'): string;
  /** A related post, or one of `kernel/special-links.ts`, by way of the page that counts the click. */
  read(slug: string): string;
  offer(key: string): string;
  /** An address of the content as a whole one: `/articles` gets our host. */
  absolute(url: string): string;
}

/** @param at UTC milliseconds from which links that pass count. */
export function createEmailLinks(
  { tokens, publicUrl }: Pick<Stationery, 'tokens' | 'publicUrl'>,
  { messageId, lead: { leadId } }: EmailOrder,
  at: number,
  linkDays: number,
): EmailLinks {
  const base = publicUrl();
  const personalEnds = { data: 'data.json', erase: 'erase' } as const;
  return {
    download: (id) =>
      `${base}/download/${tokens.mint({ purpose: 'download', id, expiresAt: at + linkDays * DAY })}`,
    notMe: (id) => `${base}/unsubscribe/${tokens.mint({ purpose: 'not_me', id })}`,
    unsubscribe: () => `${base}/unsubscribe/${tokens.mint({ purpose: 'unsubscribe', id: leadId })}`,
    preferences: () =>
      `${base}/preferences/${tokens.mint({ purpose: 'preferences', id: leadId, expiresAt: at + PREFERENCES_LIFETIME })}`,
    personal: (kind) =>
      `${base}/preferences/${tokens.mint({ purpose: kind, id: leadId, expiresAt: at + DATA_LIFETIME })}/${personalEnds[kind]}`,
    read: (slug) =>
      `${base}/read/${tokens.mint({ purpose: 'read', id: messageId, slug, expiresAt: at + READ_LIFETIME })}`,
    offer: (key) => `${base}/${key}`,
    absolute: (url) => (url.startsWith('/') ? base + url : url),
  };
}
