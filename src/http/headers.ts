export type HeaderOptions = { readonly contentSecurityPolicy: string; readonly https: boolean };

/** The headers of every answer. `same-origin` because with `no-referrer` browsers send `Origin: null` along with forms. */
export function securityHeaders(options: HeaderOptions): Readonly<Record<string, string>> {
  return {
    'content-security-policy': options.contentSecurityPolicy,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()',
    ...(options.https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** Allows what our own pages need and nothing else; styles and scripts are inline and named by their hash. */
export function contentSecurityPolicy(hashes: {
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}): string {
  const list = (values: readonly string[]) =>
    values.length === 0 ? "'none'" : values.map((value) => `'sha256-${value}'`).join(' ');
  return [
    "default-src 'none'",
    `style-src ${list(hashes.styles)}`,
    `script-src ${list(hashes.scripts)}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
