/** Longer addresses are cut: what matters stands in front. */
const LONGEST = 300;
const LONGEST_HOST = 100;

/**
 * The referring page as it may be kept: another site's, without query and fragment. An app on Android is told as Chrome tells it,
 * `android-app://com.linkedin.android/`.
 * @param ownHosts our own names: pages of ours never brought anybody, under whichever port, with or without `www`.
 */
export function tidyReferrer(text: string | undefined, ownHosts: readonly string[]): string | null {
  const url = URL.parse(text ?? '');
  if (url === null || !/^(https?|android-app):$/.test(url.protocol) || url.host === '') return null;
  if (ownHosts.some((own) => plain(own) === plain(url.hostname))) return null;
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, LONGEST);
}

/**
 * The site named by `?ref=`: our pages hand on in it from where the visitor came to the first of them, since no cookie does. `name` is what
 * links carry, `address` the site's. Null when it is not the name of a host.
 */
export function refOf(text: string): { readonly name: string; readonly address: string } | null {
  const [, app = '', host = ''] = /^(android-app:\/\/)?([^/]+)\/?$/i.exec(text.trim()) ?? [];
  if (host.length > LONGEST_HOST || !/^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?$/i.test(host)) return null;
  const name = `${app}${host}`.toLowerCase();
  return { name, address: app === '' ? `https://${name}/` : `${name}/` };
}

function plain(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}
