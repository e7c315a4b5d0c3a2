import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium without a window, for all measurements. Ends the program loudly where there is none, or no Lighthouse: a measurement that is left out looks like a good one. */
export async function launchChromium(): Promise<{ readonly port: number; readonly close: () => void }> {
  const wanted = process.env['CHROME_PATH'];
  const chromePath = wanted ?? PLACES.find((place) => existsSync(place));
  if (chromePath === undefined || !existsSync(chromePath))
    return stop(
      wanted === undefined
        ? 'NO CHROMIUM WAS FOUND: apt-get install chromium, or set CHROME_PATH to its path.'
        : `THERE IS NO CHROMIUM AT CHROME_PATH (${wanted}).`,
    );
  const { launch } = await import('chrome-launcher').catch(() =>
    stop('LIGHTHOUSE IS NOT INSTALLED: npm ci --prefix lighthouse --ignore-scripts'),
  );
  const chrome = await launch({
    chromePath,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    logLevel: 'silent',
  });
  return { port: chrome.port, close: () => chrome.kill() };
}

function stop(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
