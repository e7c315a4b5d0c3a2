import { startServer } from '../tests/support/server.ts';
import type { Finding } from './finding.ts';
import { withFolder } from './folder.ts';
import { load } from './load.ts';
import { tell } from './part.ts';
import { median } from './statistics.ts';
import { startYardstick } from './yardsticks.ts';

const CAMPAIGN = '/white-paper?utm_source=linkedin&utm_medium=social&utm_campaign=spring';

/** A landing page as a browser asks for it: alone, from a campaign, and from another campaign each time, which is what somebody would do who wants to hurt us. */
const WAYS = [
  { what: 'landing page, 50 connections', path: () => '/white-paper' },
  { what: 'the same from one campaign', path: () => CAMPAIGN },
  { what: 'the same, another campaign each time', path: (index: number) => `${CAMPAIGN}-${index}` },
] as const;

// Against Fastify's own "hello". Rounds alternate, so that noise strikes all.
await tell(async ({ rounds, seconds }) =>
  withFolder(async (dataDir) => {
    const [funnel, hello] = [await startServer({ from: 'bundle', dataDir }), await startYardstick('hello')];
    const measure = async (url: string, path: (index: number) => string, warm: boolean) => {
      const request = (index: number) =>
        `GET ${path(index)} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n`;
      const result = await load({ url, connections: 50, seconds: warm ? 1 : seconds, status: 200, request });
      return result.perSecond;
    };
    try {
      const theirs: number[] = [];
      const ours = WAYS.map((): number[] => []);
      for (let round = -1; round < rounds; round++) {
        const warm = round < 0;
        const answers = await measure(hello.said, () => '/', warm);
        if (!warm) theirs.push(answers);
        for (const [way, { path }] of WAYS.entries()) {
          const pages = await measure(funnel.url, path, warm);
          if (!warm) ours[way]?.push(pages);
        }
      }
      return WAYS.map(({ what }, way) => finding(what, way, ours, theirs));
    } finally {
      await funnel.stop();
      await hello.stop();
    }
  }),
);

function finding(
  what: string,
  way: number,
  ours: readonly (readonly number[])[],
  theirs: readonly number[],
): Finding {
  const [plain = [], own = []] = [ours[0], ours[way]];
  const ratioTo = (others: readonly number[]) =>
    median(own.map((value, round) => value / (others[round] ?? NaN)));
  const ratio = ratioTo(theirs);
  return {
    what,
    value: median(own),
    unit: '/s',
    yardstick: { name: '/s Fastify hello', value: median(theirs) },
    ratio,
    aim:
      way === 0
        ? { text: '0.8 of it', met: ratio >= 0.8 }
        : // Whoever invents campaigns must not cost more than twice what everybody costs.
          { text: '0.5 of the page', met: ratioTo(plain) >= 0.5 },
    note: way === 0 ? null : `${ratioTo(plain).toFixed(2)} of the page without one`,
  };
}
