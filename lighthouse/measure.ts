import type { Report } from 'lighthouse';
import type { VisitedPage } from './journey.ts';
import { median } from './median.ts';
import { weightOf } from './weight.ts';
import type { Weight } from './weight.ts';

export const CATEGORIES = [
  'performance',
  'accessibility',
  'best-practices',
  'seo',
  'agentic-browsing',
] as const;
export type Category = (typeof CATEGORIES)[number];

const DEVICES = ['mobile', 'desktop'] as const;
const TRIES = 3;
type Device = (typeof DEVICES)[number];

/** Times in milliseconds; `shift` is CLS. */
type Vitals = { readonly lcp: number; readonly tbt: number; readonly shift: number };

export type Measured = {
  readonly page: VisitedPage;
  readonly weight: Weight;
  readonly devices: readonly {
    readonly device: Device;
    /** 0 to 100, the median of all runs. */
    readonly scores: Readonly<Record<Category, number>>;
    readonly vitals: Vitals;
    /** Audits that cost points in any run, by category. */
    readonly failed: readonly string[];
    /** Addresses of other hosts that the page asked. */
    readonly strangers: readonly string[];
  }[];
};

/** Measures a page on a phone and on a desk, several times each. `port` is Chromium's. */
export async function createMeter(
  port: number,
  runs: number,
): Promise<(page: VisitedPage) => Promise<Measured>> {
  const { default: lighthouse, desktopConfig } = await import('lighthouse');
  const once = async (page: VisitedPage, device: Device): Promise<Report> => {
    const skipAudits = page.isPersonal ? ['is-crawlable'] : [];
    const flags = { port, output: 'json', logLevel: 'silent', skipAudits } as const;
    const config = device === 'desktop' ? desktopConfig : undefined;
    let why = 'it said nothing';
    // A busy machine makes it lose the trace now and then; its own advice is to run it again.
    for (let tries = 0; tries < TRIES; tries += 1) {
      const report = (await lighthouse(page.url, flags, config))?.lhr;
      if (report !== undefined && report.runtimeError === undefined) return report;
      why = report?.runtimeError?.message ?? why;
    }
    throw new Error(`Lighthouse could not load ${page.name}: ${why}`);
  };
  return async (page) => {
    const devices: Measured['devices'][number][] = [];
    let weight: Weight | null = null;
    for (const device of DEVICES) {
      const reports: Report[] = [];
      for (let run = 0; run < runs; run += 1) reports.push(await once(page, device));
      devices.push({
        device,
        scores: scoresOf(reports),
        vitals: vitalsOf(reports),
        failed: [...new Set(reports.flatMap(failedIn))],
        strangers: [...new Set(reports.flatMap((report) => strangersIn(report, page)))],
      });
      if (reports[0] !== undefined) weight ??= await weightOf(page, requestsIn(reports[0]));
    }
    if (weight === null) throw new Error('Nothing was measured.');
    return { page, weight, devices };
  };
}

function scoresOf(reports: readonly Report[]): Readonly<Record<Category, number>> {
  const score = (category: Category) =>
    median(reports.map((report) => Math.round((report.categories[category]?.score ?? 0) * 100)));
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    'best-practices': score('best-practices'),
    seo: score('seo'),
    'agentic-browsing': score('agentic-browsing'),
  };
}

function vitalsOf(reports: readonly Report[]): Vitals {
  const value = (audit: string) => median(reports.map(({ audits }) => audits[audit]?.numericValue ?? NaN));
  return {
    lcp: value('largest-contentful-paint'),
    tbt: value('total-blocking-time'),
    shift: value('cumulative-layout-shift'),
  };
}

/** Of a category that is full already nothing needs to be told. */
function failedIn(report: Report): readonly string[] {
  return CATEGORIES.flatMap((name) => {
    const category = report.categories[name];
    if (category === undefined || category.score === 1) return [];
    return category.auditRefs
      .filter(({ id, weight }) => weight > 0 && (report.audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${name}: ${id}`);
  });
}

function requestsIn({ audits }: Report): readonly Readonly<Record<string, unknown>>[] {
  return audits['network-requests']?.details?.items ?? [];
}

function strangersIn(report: Report, { url }: VisitedPage): readonly string[] {
  const { origin } = new URL(url);
  return requestsIn(report)
    .map((request) => String(request['url']))
    .filter((address) => !address.startsWith('data:') && new URL(address).origin !== origin);
}
