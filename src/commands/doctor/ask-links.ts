import type { Asked } from '../../content/link-verdicts.ts';
import type { OutwardLink } from '../../content/outward-links.ts';
import { SECOND } from '../../kernel/clock.ts';
import type { Probe } from './web-probe.ts';

const SITES_AT_ONCE = 8;
const LONGEST = 20 * SECOND;

/** Asks for every link: several sites at once, and the links of one site one after the other, since nobody likes to be hammered. */
export async function askLinks(
  links: readonly OutwardLink[],
  probe: Probe,
  longest = LONGEST,
): Promise<readonly Asked[]> {
  const signal = AbortSignal.timeout(longest);
  const sites = [...Map.groupBy(links, ({ url }) => new URL(url).host).values()];
  const asked: Asked[] = [];
  const worker = async (): Promise<void> => {
    for (let site = sites.shift(); site !== undefined; site = sites.shift()) {
      for (const link of site) {
        asked.push({ link, answer: signal.aborted ? 'not_asked' : await probe(link.url, signal) });
      }
    }
  };
  await Promise.all(Array.from({ length: SITES_AT_ONCE }, worker));
  return links.flatMap((link) => asked.find((one) => one.link === link) ?? []);
}
