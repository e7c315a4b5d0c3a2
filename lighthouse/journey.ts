import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { homeOf } from '../src/content/alternates.ts';
import { contentsOf, ownOffers } from '../src/content/languages.ts';
import { loadContent } from '../src/content/load.ts';
import type { Content, Offer } from '../src/content/model.ts';
import { ROOT } from '../src/root.ts';
import { linkIn, nthEmail, outboxOf } from '../tests/support/outbox.ts';
import { startServer } from '../tests/support/server.ts';

export type VisitedPage = {
  readonly name: string;
  readonly url: string;
  /** Says itself that it is not to be found: the one audit that asks for the opposite is left out. */
  readonly isPersonal: boolean;
};
type Visit = (page: VisitedPage) => Promise<void>;
/** `paths` instead of a visitor's way; `language` alone, or all of them. */
type Wish = { readonly language: string | null; readonly paths: readonly string[] };

/**
 * A visitor's way through the sample content on a fresh data folder, with one visit of each page: the first page and all landing pages of
 * each language, then for its first offer what the signup, the email, the press and the first email of the sequence lead to.
 */
export async function withVisitor(wish: Wish, visit: Visit): Promise<void> {
  const loaded = await loadContent([join(ROOT, 'assets/content')]);
  if (!loaded.ok) throw new Error('The sample content has mistakes.');
  const contents = contentsOf(loaded.content).filter(
    ({ site }) => wish.language === null || site.language === wish.language,
  );
  const dataDir = mkdtempSync(join(tmpdir(), 'lighthouse-'));
  try {
    if (wish.paths.length > 0) await onlyThese(wish.paths, dataDir, visit);
    else await wholeWay(contents, dataDir, visit);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function onlyThese(paths: readonly string[], dataDir: string, visit: Visit): Promise<void> {
  await during(SIGNUP, dataDir, async (url) => {
    for (const path of paths) await visit({ name: path, url: url + path, isPersonal: false });
  });
}

async function wholeWay(contents: readonly Content[], dataDir: string, visit: Visit): Promise<void> {
  await during(SIGNUP, dataDir, async (url) => {
    for (const content of contents) await untilThePress(content, url, dataDir, visit);
  });
  // Days later: a server with another clock, and the first email of the sequence in the folder.
  const before = (await outboxOf(dataDir)).length;
  await during(FIRST_STEP, dataDir, async () => {
    for (const [index, content] of contents.entries()) {
      const email = await nthEmail(dataDir, before + index + 1);
      for (const kind of ['unsubscribe', 'preferences'])
        await visit({
          name: `${kind} (${content.site.language})`,
          url: linkIn(email, `/${kind}/`),
          isPersonal: true,
        });
    }
  });
}

async function untilThePress(content: Content, url: string, dataDir: string, visit: Visit): Promise<void> {
  const open = (path: string, isPersonal = false) => visit({ name: path, url: url + path, isPersonal });
  const [first] = ownOffers(content);
  if (first === undefined) return;
  await open(homeOf(content));
  for (const { key } of ownOffers(content)) await open(`/${key}`);
  await open(`/${first.key}/check-inbox`, true);
  const page = await signUp(first, url, dataDir);
  const named = (what: string) => ({
    name: `download, ${what} (${content.site.language})`,
    url: page,
    isPersonal: true,
  });
  await visit(named('before the press'));
  await post(page, { first_name: 'Ana', follow_up: 'yes' });
  await visit(named('after the press'));
}

/** Monday morning in Toronto; and the Thursday after, when the first step has gone out. */
const SIGNUP = '2026-11-23T14:00:00Z';
const FIRST_STEP = '2026-11-26T20:00:00Z';

/**
 * Milliseconds. After a start every document is printed in a process of its own; on a machine of two cores that would be measured as the
 * page's blocking time.
 */
const SETTLING = 45_000;

/** A server on the built bundle whose clock begins at an instant. */
async function during(clock: string, dataDir: string, work: (url: string) => Promise<void>): Promise<void> {
  const server = await startServer({ from: 'bundle', dataDir, env: { FUNNEL_CLOCK: clock } });
  try {
    await wait(SETTLING);
    await work(server.url);
  } finally {
    await server.stop();
  }
}

/** The address of the download page in the email that a signup brings. */
async function signUp({ key }: Offer, url: string, dataDir: string): Promise<string> {
  const before = (await outboxOf(dataDir)).length;
  await post(`${url}/${key}`, {
    first_name: 'Ana',
    email: `ana@${key}.example`,
    follow_up: 'yes',
    timezone: 'America/Toronto',
  });
  return linkIn(await nthEmail(dataDir, before + 1), '/download/');
}

async function post(url: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  if (answer.status !== 303) throw new Error(`${new URL(url).pathname} answered ${answer.status}.`);
}
