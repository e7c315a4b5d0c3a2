import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { quantile } from './statistics.ts';

export type Load = {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** The status that counts; any other ends the measurement with an error. */
  readonly status: number;
  /** The bytes of the request with this number. */
  readonly request: (index: number) => string;
};
export type LoadResult = {
  readonly answers: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
};

/**
 * Keeps each connection busy with one request at a time for the given seconds. Ours rather than a package, because on two
 * cores the client takes its part from the server: this one only looks for the end of an answer, and does not decode it.
 */
export async function load(options: Load): Promise<LoadResult> {
  const { hostname, port } = new URL(options.url);
  const latencies: number[] = [];
  let sent = 0;
  const begun = performance.now();
  const until = begun + options.seconds * 1000;
  const run = async (): Promise<void> => {
    const socket = connect(Number(port), hostname).setNoDelay(true);
    const next = answersOf(socket);
    try {
      while (performance.now() < until) {
        const asked = performance.now();
        socket.write(options.request(sent++), 'latin1');
        const status = await next();
        if (status !== options.status)
          throw new Error(`The server answered ${status} instead of ${options.status}.`);
        latencies.push(performance.now() - asked);
      }
    } finally {
      socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: options.connections }, run));
  const seconds = (performance.now() - begun) / 1000;
  return {
    answers: latencies.length,
    perSecond: latencies.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

/** A function that resolves with the status of the next answer on this connection. */
function answersOf(socket: Socket): () => Promise<number> {
  let head: Buffer = Buffer.alloc(0);
  // Bytes of the body that are still to come; null before the head is whole. A document's body is counted and not kept.
  let left: number | null = null;
  let status = 0;
  let waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;
  socket.on('data', (chunk: Buffer) => {
    if (left === null) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const lines = head.toString('latin1', 0, end);
      const length = /\r\ncontent-length: *(\d+)/i.exec(lines)?.[1];
      if (length === undefined) return waiting?.reject(new Error(`An answer without a length:\n${lines}`));
      status = Number(lines.slice(9, 12));
      left = Number(length) - (head.length - end - 4);
    } else left -= chunk.length;
    if (left > 0) return;
    head = Buffer.alloc(0);
    left = null;
    waiting?.resolve(status);
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('The server closed the connection.')));
  return () =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
    });
}
