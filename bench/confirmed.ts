import { setTimeout as wait } from 'node:timers/promises';
import { linkIn, nthEmail } from '../tests/support/outbox.ts';
import { CAN_LOOK, childrenOf, untilIdle } from '../tests/support/processes.ts';
import type { RunningServer } from '../tests/support/server.ts';

/** Signs one reader up and presses her button. Returns the path of her file, once the server has nothing more to print. */
export async function fileOfOneReader({ url, dataDir, pid }: RunningServer): Promise<string> {
  const fields = { email: 'ada@bench.example', first_name: 'Ada' };
  await post(`${url}/white-paper`, fields);
  const page = new URL(linkIn(await nthEmail(dataDir, 1), '/download/')).pathname;
  await post(`${url}${page}`, { situation: 'final-rounds', target_role: 'Chief Operating Officer' });
  await printed(pid);
  return `${page}/white-paper.pdf`;
}

/**
 * Waits until a server's printing process, which it begins once it listens, has printed everything beforehand. Returns its id; null where
 * that cannot be looked at, and where there is none within five seconds.
 */
export async function printed(server: number): Promise<number | null> {
  if (!CAN_LOOK) return null;
  for (let tries = 0; tries < 100; tries++) {
    const [printing] = childrenOf(server);
    if (printing !== undefined) {
      await untilIdle(printing);
      return printing;
    }
    await wait(50);
  }
  return null;
}

async function post(url: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const body = new URLSearchParams(fields);
  const { status } = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  if (status !== 303) throw new Error(`${new URL(url).pathname.split('/')[1]} answered ${status}.`);
}
