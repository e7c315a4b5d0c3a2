import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider on the loopback that takes every email after 80 ms, as Resend does, so that the sender is at work while signups come in. */
export async function startProvider(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  let taken = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      setTimeout(() => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ id: `bench-${++taken}` }));
      }, 80);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
