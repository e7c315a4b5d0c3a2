import { startServer } from '../tests/support/server.ts';
import { withFolder } from './folder.ts';
import { load } from './load.ts';
import { tell } from './part.ts';
import { median } from './statistics.ts';
import { startYardstick } from './yardsticks.ts';

// A landing page, as a browser asks for it, against Fastify's own "hello". Rounds alternate, so that noise strikes both.
await tell(async ({ rounds, seconds }) =>
  withFolder(async (dataDir) => {
    const [funnel, hello] = [await startServer({ from: 'bundle', dataDir }), await startYardstick('hello')];
    try {
      const ours: number[] = [];
      const theirs: number[] = [];
      const measure = async (into: number[], url: string, path: string, warm: boolean) => {
        const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n`;
        const result = await load({
          url,
          connections: 50,
          seconds: warm ? 1 : seconds,
          status: 200,
          request: () => request,
        });
        if (!warm) into.push(result.perSecond);
      };
      for (let round = -1; round < rounds; round++) {
        await measure(theirs, hello.said, '/', round < 0);
        await measure(ours, funnel.url, '/white-paper', round < 0);
      }
      const ratio = median(ours.map((value, round) => value / (theirs[round] ?? NaN)));
      return [
        {
          what: 'landing page, 50 connections',
          value: median(ours),
          unit: '/s',
          yardstick: { name: '/s Fastify hello', value: median(theirs) },
          ratio,
          aim: { text: '0.8 of it', met: ratio >= 0.8 },
          note: null,
        },
      ];
    } finally {
      await funnel.stop();
      await hello.stop();
    }
  }),
);
