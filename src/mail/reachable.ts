import { SECOND } from '../kernel/clock.ts';

/** Until the next look when nobody answers: longer than a `funnel send` waits, short enough for a visitor. In milliseconds. */
export const SILENCE = 61 * SECOND;

const PATIENCE = 5 * SECOND;

/** Whether anybody answers at an address, whatever the answer is. Asks in the same way as the emails go, proxies included. Never throws. */
export async function isReachable(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  }
}
