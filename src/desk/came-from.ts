import type { FunnelNumbers } from '../leads/numbers-port.ts';

/** A line of the table of sources. */
export type SourceLine = {
  readonly name: string;
  /** What the name rests on, where that is no tag. */
  readonly hint: string | null;
  /** The value for the filter of the list of leads; null where it has none. */
  readonly filter: string | null;
  readonly signups: number;
  readonly confirmed: number;
};

/** Sources by their tag, and by the site they came from where there is none, the largest first. */
export function sourceLines(sources: FunnelNumbers['sources']): readonly SourceLine[] {
  const lines = new Map<string, SourceLine>();
  for (const { source, site, signups, confirmed } of sources) {
    const line = source === null ? untagged(site) : { name: source, hint: null, filter: source };
    const key = `${line.hint ?? ''} ${line.name}`;
    const before = lines.get(key) ?? { signups: 0, confirmed: 0 };
    lines.set(key, {
      ...line,
      signups: before.signups + signups,
      confirmed: before.confirmed + confirmed,
    });
  }
  return [...lines.values()].toSorted((a, b) => b.signups - a.signups);
}

/** Where a lead came from, in one word or two: the tag, or the site; null when neither is known. */
export function cameFrom(touch: {
  readonly source: string | null;
  readonly referrer: string | null;
}): string | null {
  if (touch.source !== null) return touch.source;
  const host = URL.parse(touch.referrer ?? '')?.hostname;
  return host === undefined || host === '' ? null : siteName(host.replace(/^www\./, ''));
}

function untagged(site: string | null): Pick<SourceLine, 'name' | 'hint' | 'filter'> {
  return site === null
    ? { name: 'unknown', hint: 'typed the address, or an app that does not tell', filter: null }
    : { name: siteName(site), hint: 'by the page before; the link had no source', filter: null };
}

/** The name by which people know a site; its host where it is not among the well known. @param host without `www.` */
export function siteName(host: string): string {
  return SITES.find(([sign]) => sign.test(host))?.[1] ?? host;
}

/** Apps on Android are told by their package's name. */
const SITES: readonly (readonly [RegExp, string])[] = [
  [/^mail\.google\.com$|^com\.google\.android\.gm$/, 'Gmail'],
  [/^google\.(com|[a-z]{2}|com?\.[a-z]{2})$|^com\.google\.android\.googlequicksearchbox$/, 'Google'],
  [/(^|\.)bing\.com$/, 'Bing'],
  [/(^|\.)duckduckgo\.com$/, 'DuckDuckGo'],
  [/(^|\.)search\.yahoo\.com$/, 'Yahoo'],
  [/^ecosia\.org$/, 'Ecosia'],
  [/(^|\.)linkedin\.com$|^lnkd\.in$|^com\.linkedin\.android$/, 'LinkedIn'],
  [/(^|\.)facebook\.com$|^com\.facebook\.katana$/, 'Facebook'],
  [/(^|\.)instagram\.com$|^com\.instagram\.android$/, 'Instagram'],
  [/^(t\.co|x\.com|twitter\.com|com\.twitter\.android)$/, 'X'],
  [/(^|\.)youtube\.com$|^youtu\.be$/, 'YouTube'],
  [/^chatgpt\.com$/, 'ChatGPT'],
  [/^perplexity\.ai$/, 'Perplexity'],
];
