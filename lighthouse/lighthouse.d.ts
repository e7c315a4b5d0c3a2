// What this folder uses of two packages that only `npm ci --prefix lighthouse` installs: the project's types are checked without them.

declare module 'chrome-launcher' {
  export function launch(options: {
    readonly chromePath: string;
    readonly chromeFlags: readonly string[];
    readonly logLevel: 'silent';
  }): Promise<{ readonly port: number; readonly kill: () => void }>;
}

declare module 'lighthouse' {
  type Audit = {
    readonly id: string;
    readonly title: string;
    /** Null where it does not apply. */
    readonly score: number | null;
    readonly numericValue?: number;
    readonly details?: { readonly items?: readonly Readonly<Record<string, unknown>>[] };
  };
  type Category = {
    readonly score: number | null;
    readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
  };
  type Report = {
    readonly runtimeError?: { readonly message: string };
    readonly runWarnings: readonly string[];
    readonly audits: Readonly<Record<string, Audit>>;
    readonly categories: Readonly<Record<string, Category>>;
  };
  type Settings = {
    readonly port: number;
    readonly output: 'json';
    readonly logLevel: 'silent';
    readonly skipAudits?: readonly string[];
  };
  export default function lighthouse(
    url: string,
    flags: Settings,
    config?: object,
  ): Promise<{ readonly lhr: Report } | undefined>;
  export const desktopConfig: object;
}
