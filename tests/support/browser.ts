import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { startServer } from './server.ts';
import type { RunningServer } from './server.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Chromium as Debian ships it (`apt-get install chromium`). A machine without one fails loudly: these tests are never skipped. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'] ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      'The browser tests need Chromium: apt-get install chromium, or set CHROME_PATH to its path.',
    );
  }
  return await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  });
}

/** One browser and one server over the sample content for all tests of a file; there from the first of them on. */
export function visited(): { browser: Browser; server: RunningServer } {
  const both = {} as { browser: Browser; server: RunningServer };
  beforeAll(async () => {
    both.browser = await launchBrowser();
    both.server = await startServer();
  });
  afterAll(async () => {
    await both.browser?.close();
    await both.server?.stop();
  });
  return both;
}
