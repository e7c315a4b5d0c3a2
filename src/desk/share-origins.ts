/** A site from which the form may be posted, or may not yet. */
export type SiteStanding = {
  /** Scheme and host, as browsers tell it: `https://www.example.com`. */
  readonly origin: string;
  /** `own`: the site that `site.yaml` names; `twin`: the same with or without `www`; `listed`: another one of ALLOWED_ORIGINS. */
  readonly kind: 'own' | 'twin' | 'listed';
  readonly mayPost: boolean;
};

/** Which sites may post the form. @param mayPost what the guard of the form would say of an origin. */
export function siteStandings(
  siteUrl: string,
  allowed: readonly string[],
  mayPost: (origin: string) => boolean,
): readonly SiteStanding[] {
  const own = URL.parse(siteUrl);
  const standing = (origin: string, kind: SiteStanding['kind']) => ({
    origin,
    kind,
    mayPost: mayPost(origin),
  });
  const ours = own === null ? [] : [standing(own.origin, 'own'), standing(twinOf(own), 'twin')];
  const others = allowed.filter((origin) => !ours.some((one) => one.origin === origin));
  return [...ours, ...others.map((origin) => standing(origin, 'listed'))];
}

/** The line of settings with which the coach's own site may post; null when it may already. */
export function settingFor(standings: readonly SiteStanding[], allowed: readonly string[]): string | null {
  if (standings.every(({ kind, mayPost }) => kind !== 'own' || mayPost)) return null;
  const missing = standings.filter(({ kind, mayPost }) => kind !== 'listed' && !mayPost);
  return `ALLOWED_ORIGINS=${[...allowed, ...missing.map(({ origin }) => origin)].join(',')}`;
}

/** Browsers tell them apart, and most sites answer at both. */
function twinOf({ protocol, host }: URL): string {
  return `${protocol}//${host.startsWith('www.') ? host.slice(4) : `www.${host}`}`;
}
