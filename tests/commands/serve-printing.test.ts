import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { linkIn, nthEmail } from '../support/outbox.ts';
import { CAN_LOOK, childrenOf, untilIdle } from '../support/processes.ts';
import { startServer } from '../support/server.ts';
import { freshFolder } from '../support/store.ts';
import { lacks } from '../support/lacks.ts';

it.skipIf(lacks(CAN_LOOK, 'this system has no /proc'))(
  'prints in a process of its own, beforehand: the first reader with a situation needs none',
  async () => {
    const dataDir = freshFolder();
    const server = await startServer({ dataDir });
    onTestFinished(async () => void (await server.stop()));
    await expect.poll(() => childrenOf(server.pid), { timeout: 10_000 }).toHaveLength(1);
    const [printing = 0] = childrenOf(server.pid);
    expect(readFileSync(`/proc/${printing}/cmdline`, 'utf8')).toContain('printer-worker');
    await untilIdle(printing);
    // Killed, so that whatever is printed from here on needs a new one.
    process.kill(printing, 'SIGKILL');
    await expect.poll(() => childrenOf(server.pid), { timeout: 10_000 }).toEqual([]);

    const body = new URLSearchParams({ email: 'ana@example.com', first_name: 'Ana' });
    await fetch(`${server.url}/white-paper`, { method: 'POST', body, redirect: 'manual' });
    const page = linkIn(await nthEmail(dataDir, 1), '/download/');
    const press = new URLSearchParams({ situation: 'final-rounds', target_role: 'CFO' });
    const pressed = await fetch(page, { method: 'POST', body: press, redirect: 'manual' });
    expect(pressed.status).toBe(303);
    const file = await fetch(`${page}/white-paper.pdf`);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(Buffer.from(await file.arrayBuffer()).length).toBeGreaterThan(50_000);
    expect(childrenOf(server.pid)).toEqual([]);
    // The other way round: letters that no base has need the printing process.
    await fetch(page, {
      method: 'POST',
      body: new URLSearchParams({ first_name: 'محمد' }),
      redirect: 'manual',
    });
    expect((await fetch(`${page}/white-paper.pdf`)).status).toBe(200);
    expect(childrenOf(server.pid)).toHaveLength(1);
  },
  60_000,
);
